// `string.format`: plain conversions are made here, for all others Lua's own goes on.

#include <stdio.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_QUOTED_BYTES = 1 << 24,  // of a text that `%q` quotes
  ANNALS_FIXED_BYTES = 512,       // of a number by `%99.99f`: at most 410
  ANNALS_INTEGER_BYTES = 20,
};

static void annals_add_integer(luaL_Buffer *buffer, lua_Integer value) {
  char digits[ANNALS_INTEGER_BYTES];
  size_t first = sizeof digits;
  lua_Unsigned left = value < 0 ? 0 - (lua_Unsigned)value : (lua_Unsigned)value;
  do {
    digits[--first] = (char)('0' + left % 10);
    left /= 10;
  } while (left > 0);
  if (value < 0) digits[--first] = '-';
  luaL_addlstring(buffer, digits + first, sizeof digits - first);
}

static inline bool annals_is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a number of at most two digits.
static inline int annals_read_digits(const char **mark) {
  int value = 0;
  for (int i = 0; i < 2 && annals_is_digit(**mark); i++) value = value * 10 + *(*mark)++ - '0';
  return value;
}

/// Adds a number by a conversion like `%5.2f`. Returns what follows it; null if it is another one.
static const char *annals_add_fixed(
    lua_State *L, luaL_Buffer *buffer, const char *mark, int argument) {
  int width = 0, precision = -1;  // none
  if (*mark != '0') width = annals_read_digits(&mark);
  if (*mark == '.') {
    mark++;
    precision = annals_read_digits(&mark);
  }
  if (*mark != 'f' || lua_type(L, argument) != LUA_TNUMBER) return NULL;
  char *target = luaL_prepbuffsize(buffer, ANNALS_FIXED_BYTES);
  double value = lua_tonumber(L, argument);
  int count = snprintf(target, ANNALS_FIXED_BYTES, "%*.*f", width, precision, value);
  luaL_addsize(buffer, count);
  return mark + 1;
}

/// Adds an argument by the conversion at `mark`. Returns what follows it; null if the conversion or the
/// argument is not a plain one.
static const char *annals_add_plain(
    lua_State *L, luaL_Buffer *buffer, const char *mark, int argument) {
  if (*mark != 'd' && *mark != 's') return annals_add_fixed(L, buffer, mark, argument);
  if (lua_isinteger(L, argument)) {
    annals_add_integer(buffer, lua_tointeger(L, argument));
  } else {
    if (*mark == 'd' || lua_type(L, argument) != LUA_TSTRING) return NULL;
    size_t count;
    const char *text = lua_tolstring(L, argument, &count);
    luaL_addlstring(buffer, text, count);
  }
  return mark + 1;
}

/// Formats if all that is asked for is plain: texts as they are, whole numbers, fixed decimals. Most of
/// what reports print is, and Lua's own is slow at it.
/// Stack: +1 if true. Raises: memory, the stop value.
static bool annals_format_plainly(lua_State *L, const char *format, size_t count, int top) {
  annals_context *context = annals_of(L);
  const char *end = format + count;
  int argument = 1;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (format < end) {
    if (*format != '%') {
      luaL_addchar(&buffer, *format++);
    } else if (*++format == '%') {
      luaL_addchar(&buffer, *format++);
    } else {
      annals_spend(L, context, 1);
      format = ++argument <= top ? annals_add_plain(L, &buffer, format, argument) : NULL;
      if (format == NULL) {
        lua_settop(L, top);
        return false;
      }
    }
  }
  luaL_pushresult(&buffer);
  return true;
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
int annals_format(lua_State *L) {
  size_t count;
  const char *format = annals_checked_format(L, &count);
  int top = lua_gettop(L);
  if (annals_format_plainly(L, format, count, top)) return 1;
  const char *copy = annals_prepare_arguments(L, format, count, top);
  if (copy != NULL) {
    lua_pushlstring(L, copy, count);
    lua_replace(L, 1);
    lua_settop(L, top);
  }
  return annals_go_on(L);
}

ANNALS_RAISING_END
