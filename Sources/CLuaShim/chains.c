// Refuses functions whose error messages would take too long.
//
// To name what was nil, Lua goes back through all fields that led to it, and for each of them through
// the function from its beginning; before 5.4.7 it also calls itself for each. A chain of a hundred
// thousand fields takes minutes and may overrun the stack. So each compiled function is looked through
// in the form in which Lua dumps it, which is the same in all releases of 5.4.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_FREE_CHAIN = 50,                // fields that are always allowed
  ANNALS_CHAIN_WORK = 10 * 1000 * 1000,  // fields times instructions
  ANNALS_REGISTERS = 256,
  ANNALS_NEST = 250,  // functions; the compiler allows 200
};

/// The operations of 5.4 that matter here.
enum { ANNALS_OP_MOVE = 0, ANNALS_OP_GETTABLE = 12, ANNALS_OP_GETFIELD = 14, ANNALS_OP_CALL = 68,
       ANNALS_OP_TAILCALL = 69 };

/// A dumped chunk, and how far it was read.
typedef struct annals_dump {
  lua_State *L;
  uint8_t *bytes;
  size_t count, capacity, position;
  bool is_whole;  // whether it has been as expected so far
} annals_dump;

static int annals_take_dump(lua_State *L, const void *bytes, size_t count, void *pointer) {
  annals_dump *dump = pointer;
  (void)L;
  if (count > dump->capacity - dump->count) {
    size_t capacity = (dump->count + count) * 2;
    uint8_t *grown = realloc(dump->bytes, capacity);
    if (grown == NULL) return 1;
    dump->bytes = grown;
    dump->capacity = capacity;
  }
  memcpy(dump->bytes + dump->count, bytes, count);
  dump->count += count;
  return 0;
}

static void annals_skip(annals_dump *dump, size_t count) {
  if (count > dump->count - dump->position) {
    dump->is_whole = false;
    count = dump->count - dump->position;
  }
  dump->position += count;
}

static uint8_t annals_byte(annals_dump *dump) {
  uint8_t byte = dump->position < dump->count ? dump->bytes[dump->position] : 0;
  annals_skip(dump, 1);
  return byte;
}

/// A number in groups of seven bits, the last of which is marked.
static size_t annals_number(annals_dump *dump) {
  size_t number = 0;
  uint8_t byte = 0;
  while (dump->is_whole && (byte & 0x80) == 0) {
    byte = annals_byte(dump);
    number = number << 7 | (byte & 0x7F);
  }
  return number;
}

/// A text; its length is stored one larger, so that 0 means none.
static void annals_skip_text(annals_dump *dump) {
  size_t count = annals_number(dump);
  if (count > 0) annals_skip(dump, count - 1);
}

static void annals_skip_constants(annals_dump *dump) {
  for (size_t count = annals_number(dump); count > 0 && dump->is_whole; count--) {
    switch (annals_byte(dump)) {
      case 0x00: case 0x01: case 0x11: break;               // nil, false, true
      case 0x03: case 0x13: annals_skip(dump, 8); break;    // integer, number
      case 0x04: case 0x14: annals_skip_text(dump); break;  // texts
      default: dump->is_whole = false;
    }
  }
}

/// Without its lines and names, of which a stripped dump has none.
static void annals_skip_names(annals_dump *dump) {
  for (int list = 0; list < 4; list++)
    if (annals_number(dump) != 0) dump->is_whole = false;
}

/// Whether an operation sets its first register.
static bool annals_sets_first(int operation) {
  return operation <= 9 || (operation >= 11 && operation <= 14) ||
         (operation >= 19 && operation <= 45) || (operation >= 49 && operation <= 53) ||
         (operation >= 67 && operation <= 69) || operation == 73 || operation == 74 ||
         operation == 77 || (operation >= 79 && operation <= 81);
}

/// The longest chain of fields by which a register of a function got its value.
static size_t annals_longest_chain(annals_dump *dump, const uint8_t *code, size_t count) {
  uint32_t lengths[ANNALS_REGISTERS] = {0};
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t instruction;
    memcpy(&instruction, code + 4 * i, 4);
    int operation = instruction & 0x7F;
    uint32_t a = instruction >> 7 & 0xFF, b = instruction >> 16 & 0xFF, c = instruction >> 24;
    uint32_t length = 0;
    annals_spend(dump->L, annals_of(dump->L), 1);
    if (operation == ANNALS_OP_MOVE || operation == ANNALS_OP_GETFIELD) length = lengths[b] + 1;
    if (operation == ANNALS_OP_GETTABLE)
      length = (lengths[b] > lengths[c] ? lengths[b] : lengths[c]) + 1;
    if (annals_sets_first(operation)) lengths[a] = length;
    if (operation == ANNALS_OP_CALL || operation == ANNALS_OP_TAILCALL)
      memset(lengths + a, 0, (ANNALS_REGISTERS - a) * sizeof *lengths);
    if (length > longest) longest = length;
  }
  return longest;
}

/// Reads one function and those in it. Returns the longest chain that is too long, or 0.
static size_t annals_check_function(annals_dump *dump, int nest) {
  if (nest > ANNALS_NEST) dump->is_whole = false;
  if (!dump->is_whole) return 0;
  annals_skip_text(dump);
  annals_number(dump);
  annals_number(dump);
  annals_skip(dump, 3);
  size_t count = annals_number(dump);
  const uint8_t *code = dump->bytes + dump->position;
  if (count > dump->count / 4) dump->is_whole = false;
  annals_skip(dump, 4 * count);
  if (!dump->is_whole) return 0;
  size_t longest = annals_longest_chain(dump, code, count);
  if (longest <= ANNALS_FREE_CHAIN || longest <= ANNALS_CHAIN_WORK / count) longest = 0;
  annals_skip_constants(dump);
  annals_skip(dump, 3 * annals_number(dump));
  for (size_t inner = annals_number(dump); inner > 0 && dump->is_whole; inner--) {
    size_t found = annals_check_function(dump, nest + 1);
    if (found > longest) longest = found;
  }
  annals_skip_names(dump);
  return longest;
}

typedef struct annals_chain_check {
  annals_dump dump;
  size_t longest;
} annals_chain_check;

/// Why protected: counting steps may raise, and the dump must be freed.
static int annals_check_body(lua_State *L) {
  static const uint8_t header[] = "\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08";
  annals_chain_check *check = lua_touserdata(L, 1);
  annals_dump *dump = &check->dump;
  dump->L = L;
  dump->is_whole =
      dump->count > 32 && memcmp(dump->bytes, header, sizeof header - 1) == 0;
  annals_skip(dump, sizeof header - 1 + 16 + 1);  // two numbers, and how many upvalues
  check->longest = annals_check_function(dump, 0);
  return 0;
}

/// Checks the function on top, just compiled. Returns a Lua status.
/// Stack: 0, or the function becomes the error. Raises: the stop value.
int annals_check_chains(lua_State *L) {
  annals_chain_check check = {.longest = 0};
  int status = lua_dump(L, annals_take_dump, &check.dump, 1) == 0 ? LUA_OK : LUA_ERRMEM;
  if (status == LUA_OK) {
    lua_pushcfunction(L, annals_check_body);
    lua_pushlightuserdata(L, &check);
    status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK) lua_pop(L, 1);
  }
  free(check.dump.bytes);
  annals_context *context = annals_of(L);
  if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
  if (status != LUA_OK) annals_raise_memory(L);
  if (check.longest == 0) return LUA_OK;
  lua_pop(L, 1);
  lua_pushfstring(
      L, "a chain of %I fields in a large function; keep parts of it in local variables",
      (LUAI_UACINT)check.longest);
  return LUA_ERRSYNTAX;
}

ANNALS_RAISING_END
