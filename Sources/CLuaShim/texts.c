// The string library's functions whose work a script can make as long as it likes: our own `rep`,
// `reverse`, `lower` and `upper`, and bounds for what Lua's other functions are told to do.

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_PIECE = 1 << 16,         // bytes worked on between two looks at the limits
  ANNALS_FORMAT_BYTES = 1 << 20,  // of a format
  ANNALS_PADDED_BYTES = 1 << 24,  // that the `c` of a format of `pack` may ask for
};

/// Fills `target` with copies of its first `count` bytes.
static void annals_repeat(lua_State *L, char *target, size_t count, size_t total) {
  annals_context *context = annals_of(L);
  size_t unit = count;
  while (count < total) {
    size_t step = count < ANNALS_PIECE ? count : ANNALS_PIECE;
    if (step > unit) step -= step % unit;  // whole units, so that what is copied is in the cache
    if (step > total - count) step = total - count;
    memcpy(target + count, target + (step >= unit ? 0 : count % unit), step);
    count += step;
    annals_spend(L, context, (int64_t)(step / 16) + 1);
  }
}

/// `string.rep(s, n, separator)`.
/// Why here: Lua's own copies the empty text for years. Stack: +1. Raises: memory, the stop value.
static int annals_rep(lua_State *L) {
  size_t count, separator_count;
  const char *text = luaL_checklstring(L, 1, &count);
  lua_Integer n = luaL_checkinteger(L, 2);
  const char *separator = luaL_optlstring(L, 3, "", &separator_count);
  size_t unit = count + separator_count;
  if (n <= 0 || unit == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if (unit < count || unit > (size_t)INT_MAX / (size_t)n)
    return luaL_error(L, "resulting string too large");
  size_t total = (size_t)n * unit - separator_count;
  luaL_Buffer buffer;
  char *target = luaL_buffinitsize(L, &buffer, total);
  memcpy(target, text, count);
  if (n > 1) {
    memcpy(target + count, separator, separator_count);
    annals_repeat(L, target, unit, total);
  }
  luaL_pushresultsize(&buffer, total);
  return 1;
}

/// Changes each byte of the text at 1. Stack: +1. Raises: memory, the stop value.
static int annals_change(lua_State *L, int change(int)) {
  annals_context *context = annals_of(L);
  size_t count;
  const char *text = luaL_checklstring(L, 1, &count);
  luaL_Buffer buffer;
  char *target = luaL_buffinitsize(L, &buffer, count);
  for (size_t start = 0; start < count; start += ANNALS_PIECE) {
    size_t end = count - start < ANNALS_PIECE ? count : start + ANNALS_PIECE;
    for (size_t i = start; i < end; i++) target[i] = (char)change((unsigned char)text[i]);
    annals_spend(L, context, (int64_t)(end - start) / 4);
  }
  luaL_pushresultsize(&buffer, count);
  return 1;
}

static int annals_lower(lua_State *L) { return annals_change(L, tolower); }

static int annals_upper(lua_State *L) { return annals_change(L, toupper); }

/// `string.reverse(s)`. Stack: +1. Raises: memory, the stop value.
static int annals_reverse(lua_State *L) {
  annals_context *context = annals_of(L);
  size_t count;
  const char *text = luaL_checklstring(L, 1, &count);
  luaL_Buffer buffer;
  char *target = luaL_buffinitsize(L, &buffer, count);
  for (size_t i = 0; i < count; i++) {
    if (i % ANNALS_PIECE == 0) annals_spend(L, context, ANNALS_PIECE / 4);
    target[i] = text[count - 1 - i];
  }
  luaL_pushresultsize(&buffer, count);
  return 1;
}

/// Goes on as Lua's own function, which is the first upvalue and has none itself. It runs in the
/// frame at hand, so that its messages are as if it had been called.
int annals_go_on(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

/// Refuses a format that is too long: each of its characters may stand for much work.
const char *annals_checked_format(lua_State *L, size_t *count) {
  const char *format = luaL_checklstring(L, 1, count);
  luaL_argcheck(L, *count <= ANNALS_FORMAT_BYTES, 1, "format longer than 1048576 bytes");
  return format;
}

/// `string.pack(format, ...)`: bounds what `c` pads.
static int annals_pack(lua_State *L) {
  size_t count;
  const char *format = annals_checked_format(L, &count);
  unsigned long long padded = 0;
  for (const char *c = format; (c = strchr(c, 'c')) != NULL; c++)
    if (isdigit((unsigned char)c[1]) && padded <= ANNALS_PADDED_BYTES) {
      unsigned long long size = strtoull(c + 1, NULL, 10);
      padded = size > ANNALS_PADDED_BYTES ? size : padded + size;
    }
  luaL_argcheck(
      L, padded <= ANNALS_PADDED_BYTES, 1, "fixed sizes of more than 16777216 bytes");
  return annals_go_on(L);
}

/// `string.packsize` and `string.unpack`.
static int annals_unpack(lua_State *L) {
  size_t count;
  annals_checked_format(L, &count);
  return annals_go_on(L);
}

/// Puts our function in place of Lua's own of the library on top, which becomes its upvalue.
/// Stack: 0. Raises: memory.
void annals_wrap(lua_State *L, const char *name, lua_CFunction function) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

/// Sets the functions into the library on top. Stack: 0. Raises: memory.
void annals_add_texts(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"lower", annals_lower}, {"rep", annals_rep},     {"reverse", annals_reverse},
      {"upper", annals_upper}, {NULL, NULL},
  };
  luaL_setfuncs(L, functions, 0);
  annals_add_search(L);
  annals_wrap(L, "format", annals_format);
  annals_wrap(L, "pack", annals_pack);
  annals_wrap(L, "packsize", annals_unpack);
  annals_wrap(L, "unpack", annals_unpack);
}

ANNALS_RAISING_END
