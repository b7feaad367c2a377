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
  ANNALS_QUOTED_BYTES = 1 << 24,  // of a text that `%q` quotes
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
static int annals_go_on(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

/// Refuses a format that is too long: each of its characters may stand for much work.
static const char *annals_checked_format(lua_State *L) {
  size_t count;
  const char *format = luaL_checklstring(L, 1, &count);
  luaL_argcheck(L, count <= ANNALS_FORMAT_BYTES, 1, "format longer than 1048576 bytes");
  return format;
}

/// Prepares the argument of one conversion: what would be shown as an address becomes a text.
static inline void annals_prepare_argument(lua_State *L, int argument, char conversion) {
  if (conversion == 's' && lua_type(L, argument) > LUA_TSTRING) {
    annals_to_string(L, argument);
    lua_replace(L, argument);
  } else if (conversion == 'q' && lua_type(L, argument) == LUA_TSTRING) {
    luaL_argcheck(
        L, lua_rawlen(L, argument) <= ANNALS_QUOTED_BYTES, argument,
        "text longer than 16777216 bytes for '%q'");
  }
}

/// Whether a character may stand between `%` and its conversion. No call, since most have none.
static inline bool annals_is_of_width(char c) {
  return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == ' ' || c == '#';
}

/// Whether the flags and width of a `%p` are such that Lua takes them.
static bool annals_is_plain_width(const char *from, const char *to) {
  while (from < to && *from == '-') from++;
  if (from < to && *from == '0') return false;
  return from + strspn(from, "0123456789") == to;
}

/// Prepares the arguments of all conversions, of which the last is at `top`.
/// Stack: 0, or +1 if the result is not null. Raises: as `annals_prepare_argument`. Returns a copy of the
/// format, with `s` for each `p`, if there is one.
static char *annals_prepare_arguments(lua_State *L, const char *format, size_t count, int top) {
  annals_context *context = annals_of(L);
  const char *end = format + count;
  char *copy = NULL;
  int argument = 1;
  for (const char *mark = format; mark < end; mark++) {
    if (*mark != '%') continue;
    const char *flags = ++mark;
    if (*mark == '%') continue;
    while (annals_is_of_width(*mark)) mark++;
    if (mark == end) break;
    annals_spend(L, context, 1);
    if (++argument > top) break;
    annals_prepare_argument(L, argument, *mark);
    if (*mark != 'p' || !annals_is_plain_width(flags, mark)) continue;
    if (copy == NULL) copy = memcpy(lua_newuserdatauv(L, count + 1, 0), format, count + 1);
    annals_push_serial(L, argument);
    lua_replace(L, argument);
    copy[mark - format] = 's';
  }
  return copy;
}

/// `string.format(format, ...)`, which shows no address.
/// Why here: as said, and `%s` may call `__tostring`. Stack: +1. Raises: as Lua's own.
static int annals_format(lua_State *L) {
  const char *format = annals_checked_format(L);
  size_t count = lua_rawlen(L, 1);
  int top = lua_gettop(L);
  const char *copy = annals_prepare_arguments(L, format, count, top);
  if (copy != NULL) {
    lua_pushlstring(L, copy, count);
    lua_replace(L, 1);
    lua_settop(L, top);
  }
  return annals_go_on(L);
}

/// `string.pack(format, ...)`: bounds what `c` pads.
static int annals_pack(lua_State *L) {
  const char *format = annals_checked_format(L);
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
  annals_checked_format(L);
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
