// The three things that Lua has no call for, and that scripts from strangers need.
//
// Lua hashes texts with a seed made of the time and of addresses, so that the order of `pairs` differs
// from run to run. Weak tables have bugs in the releases at hand by which plain scripts break the
// interpreter's memory. And a chain of `__call` is followed in a loop that neither runs a hook nor, on a
// stack that is large already, allocates. All live in the block that `lua_newstate` allocates first. What
// is to be changed there is found by what it holds, not by where it ought to be; where it isn't found,
// Lua stays as it is (decisions 0009 and 0013).

#define _DEFAULT_SOURCE 1  // getentropy
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_TRIALS = 4,
  ANNALS_BLOCK_BYTES = 1 << 14,  // more than the block has
  ANNALS_STACK_REACH = 1 << 20,
  ANNALS_SEED = 0x2c1b3a49,
  ANNALS_NAME_BYTES = 32,  // as long as a text may be that Lua keeps only once
};

/// A state that is begun only to look at its first block.
typedef struct annals_trial {
  char *block;
  size_t size;
  char *copy;
  bool is_taken;
} annals_trial;

static pthread_once_t annals_seed_once = PTHREAD_ONCE_INIT;
static size_t annals_seed_offset = 0;  // 0: not found

/// Gives the block, and refuses all else: the seed is there when Lua asks for more.
static void *annals_allocate_trial(void *pointer, void *block, size_t old_size, size_t new_size) {
  annals_trial *trial = pointer;
  (void)old_size;
  if (new_size == 0 || block != NULL) return NULL;
  if (trial->size == 0 && new_size <= ANNALS_BLOCK_BYTES) {
    trial->size = new_size;
    memset(trial->block, 0, new_size);
    return trial->block;
  }
  if (!trial->is_taken) memcpy(trial->copy, trial->block, trial->size);
  trial->is_taken = true;
  return NULL;
}

/// Begins a state deeper in the stack at each trial, since the seed is made of such addresses.
static __attribute__((noinline)) bool annals_try(annals_trial *trial, int depth) {
  volatile char room[112];
  room[0] = (char)depth;
  if (depth > 0) return annals_try(trial, depth - 1) && room[0] == (char)depth;
  trial->size = 0;
  trial->is_taken = false;
  lua_newstate(annals_allocate_trial, trial);
  return trial->is_taken;
}

/// Whether the word of all copies that holds the byte at `offset` is an address in the stack.
static bool annals_is_of_stack(char *const copies[], size_t offset) {
  for (int i = 0; i < ANNALS_TRIALS; i++) {
    uintptr_t word, here = (uintptr_t)&word;
    memcpy(&word, copies[i] + offset / sizeof word * sizeof word, sizeof word);
    uintptr_t distance = word > here ? word - here : here - word;
    if (distance > ANNALS_STACK_REACH) return false;
  }
  return true;
}

/// Whether the four bytes at `offset` differ between all copies.
static bool annals_all_differ(char *const copies[], size_t offset) {
  for (int i = 0; i < ANNALS_TRIALS; i++)
    for (int j = 0; j < i; j++)
      if (memcmp(copies[i] + offset, copies[j] + offset, 4) == 0) return false;
  return true;
}

/// Finds the seed: it alone depends on where in the stack the state was begun.
static void annals_find_seed(void) {
  char *copies[ANNALS_TRIALS] = {NULL};
  char *block = malloc(ANNALS_BLOCK_BYTES);
  bool is_ready = block != NULL;
  size_t size = 0, found = 0;
  for (int i = 0; i < ANNALS_TRIALS && is_ready; i++) {
    copies[i] = calloc(1, ANNALS_BLOCK_BYTES);
    annals_trial trial = {.block = block, .copy = copies[i]};
    is_ready = copies[i] != NULL && annals_try(&trial, 3 * i) && (i == 0 || trial.size == size);
    size = trial.size;
  }
  for (size_t offset = 0; is_ready && offset + 8 <= size; offset += 4) {
    if (!annals_all_differ(copies, offset) || annals_is_of_stack(copies, offset)) continue;
    is_ready = found == 0;  // two of them: this is no Lua that we know
    found = offset;
  }
  annals_seed_offset = is_ready ? found : 0;
  for (int i = 0; i < ANNALS_TRIALS; i++) free(copies[i]);
  free(block);
}

/// A state that is being made.
typedef struct annals_birth {
  annals_context *context;
  bool is_seeded;
} annals_birth;

/// Sets the seed between the moments at which Lua has made it and first needs it.
static void *annals_allocate_birth(void *pointer, void *block, size_t old_size, size_t new_size) {
  annals_birth *birth = pointer;
  annals_context *context = birth->context;
  if (context->first_block != NULL && !birth->is_seeded) {
    const uint32_t seed = ANNALS_SEED;
    birth->is_seeded = true;
    if (annals_seed_offset != 0)
      memcpy(context->first_block + annals_seed_offset, &seed, sizeof seed);
  }
  void *result = annals_allocate(context, block, old_size, new_size);
  if (context->first_block == NULL) {
    context->first_block = result;
    context->first_size = new_size;
  }
  return result;
}

/// Makes the Lua state. Returns null if memory is short.
/// Stack: -. Raises: never.
lua_State *annals_make_main(annals_context *context) {
  pthread_once(&annals_seed_once, annals_find_seed);
  annals_birth birth = {.context = context, .is_seeded = context->trusted};
  lua_State *L = lua_newstate(annals_allocate_birth, &birth);
  if (L != NULL) lua_setallocf(L, annals_allocate, context);
  return L;
}

/// Finds the names of the metamethods in the first block: Lua holds their texts one after another.
/// Stack: 0. Raises: memory. Returns the place of the first, or null.
static char *annals_find_names(lua_State *L, intptr_t *header) {
  static const char *const names[] = {
      "__index", "__newindex", "__gc",  "__mode", "__len",  "__eq",     "__add",
      "__sub",   "__mul",      "__mod", "__pow",  "__div",  "__idiv",   "__band",
      "__bor",   "__bxor",     "__shl", "__shr",  "__unm",  "__bnot",   "__lt",
      "__le",    "__concat",   "__call"};
  enum { COUNT = sizeof names / sizeof names[0] };
  annals_context *context = annals_of(L);
  uintptr_t texts[COUNT];
  for (int i = 0; i < COUNT; i++) {
    texts[i] = (uintptr_t)lua_pushstring(L, names[i]);
    lua_pop(L, 1);  // Lua itself keeps these texts
  }
  size_t extent = COUNT * sizeof(uintptr_t);
  for (size_t at = 0; at + extent <= context->first_size; at += sizeof(uintptr_t)) {
    uintptr_t words[COUNT];
    memcpy(words, context->first_block + at, extent);
    int same = 0;
    while (same < COUNT && texts[same] - words[same] == texts[0] - words[0]) same++;
    *header = (intptr_t)(texts[0] - words[0]);
    if (same == COUNT && *header > 0 && *header <= 64) return context->first_block + at;
  }
  return NULL;
}

/// Gives the metafield that makes a table weak a name that no script can guess, and keeps the place of
/// the name of `__call`.
/// Stack: 0. Raises: memory.
void annals_strengthen(lua_State *L) {
  enum { MODE = 3, CALL = 23 };
  annals_context *context = annals_of(L);
  intptr_t header = 0;
  context->mode_name = "__mode";
  char *names = annals_find_names(L, &header);
  char random[ANNALS_NAME_BYTES];
  if (names == NULL || getentropy(random, sizeof random) != 0) return;
  for (int i = 0; i < ANNALS_NAME_BYTES; i++) random[i] = 'a' + (random[i] & 15);
  const char *text = lua_pushlstring(L, random, sizeof random);
  luaL_ref(L, LUA_REGISTRYINDEX);
  uintptr_t word = (uintptr_t)text - (uintptr_t)header;
  memcpy(names + MODE * sizeof word, &word, sizeof word);
  context->mode_name = text;
  context->no_name = word;
  memcpy(&context->call_name, names + CALL * sizeof word, sizeof word);
  context->call_word = (uintptr_t *)(names + CALL * sizeof word);
}

/// From now on no value has a `__call`: whatever follows a chain of them ends with an error.
/// Why here: also runs in a signal handler, and so stores one word. Stack: 0. Raises: never.
void annals_forbid_chains(annals_context *context) {
  if (context->call_word != NULL) *context->call_word = context->no_name;
}

/// Undoes that. Stack: 0. Raises: never.
void annals_allow_chains(annals_context *context) {
  if (context->call_word != NULL) *context->call_word = context->call_name;
}

ANNALS_RAISING_END
