// `utf8.len` and `utf8.offset`, which go through a text and must end with the run.

#include "context.h"

ANNALS_RAISING_BEGIN

/// A position that may count from the end, as one from the start; 0 if it lies before that.
static lua_Integer annals_position_from_start(lua_Integer position, size_t count) {
  if (position >= 0) return position;
  if (-(lua_Unsigned)position > count) return 0;
  return (lua_Integer)count + position + 1;
}

static bool annals_continues(const char *c) { return (*c & 0xC0) == 0x80; }

/// The end of the character that begins at `text`, which a zero follows; null if it is none.
static const char *annals_character_end(const char *text, bool is_lax) {
  static const unsigned int least[] = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
  unsigned int first = (unsigned char)text[0];
  if (first < 0x80) return text + 1;
  int more = 0;
  unsigned int code = 0;
  for (unsigned int bits = first; bits & 0x40; bits <<= 1) {
    more += 1;
    if (!annals_continues(text + more)) return NULL;
    code = code << 6 | ((unsigned char)text[more] & 0x3F);
  }
  if (more == 0 || more > 5) return NULL;
  code |= (first & (0x3Fu >> more)) << (6 * more);
  if (code < least[more] || code > 0x7FFFFFFF) return NULL;
  bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (!is_lax && (code > 0x10FFFF || is_surrogate)) return NULL;
  return text + more + 1;
}

/// `utf8.len(s, from, to, lax)`. Stack: +1 or +2. Raises: wrong arguments, the stop value.
static int annals_count_characters(lua_State *L) {
  annals_context *context = annals_of(L);
  size_t count;
  const char *text = luaL_checklstring(L, 1, &count);
  lua_Integer from = annals_position_from_start(luaL_optinteger(L, 2, 1), count);
  lua_Integer to = annals_position_from_start(luaL_optinteger(L, 3, -1), count);
  bool is_lax = lua_toboolean(L, 4);
  luaL_argcheck(
      L, 1 <= from && --from <= (lua_Integer)count, 2, "initial position out of bounds");
  luaL_argcheck(L, --to < (lua_Integer)count, 3, "final position out of bounds");
  lua_Integer characters = 0;
  while (from <= to) {
    annals_spend(L, context, 1);
    const char *end = annals_character_end(text + from, is_lax);
    if (end == NULL) {
      luaL_pushfail(L);
      lua_pushinteger(L, from + 1);
      return 2;
    }
    from = end - text;
    characters++;
  }
  lua_pushinteger(L, characters);
  return 1;
}

/// `utf8.offset(s, n, i)`. Stack: +1. Raises: wrong arguments, the stop value.
static int annals_offset(lua_State *L) {
  annals_context *context = annals_of(L);
  size_t count;
  const char *text = luaL_checklstring(L, 1, &count);
  lua_Integer n = luaL_checkinteger(L, 2);
  lua_Integer start = n >= 0 ? 1 : (lua_Integer)count + 1;
  lua_Integer i = annals_position_from_start(luaL_optinteger(L, 3, start), count);
  luaL_argcheck(L, 1 <= i && --i <= (lua_Integer)count, 3, "position out of bounds");
  if (n == 0) {
    for (; i > 0 && annals_continues(text + i); i--) annals_spend(L, context, 1);
    lua_pushinteger(L, i + 1);
    return 1;
  }
  if (annals_continues(text + i)) return luaL_error(L, "initial position is a continuation byte");
  for (; n < 0 && i > 0; n++)
    do {
      annals_spend(L, context, 1);
      i--;
    } while (i > 0 && annals_continues(text + i));
  for (n -= n > 0; n > 0 && i < (lua_Integer)count; n--)
    do {
      annals_spend(L, context, 1);
      i++;
    } while (annals_continues(text + i));
  if (n == 0)
    lua_pushinteger(L, i + 1);
  else
    luaL_pushfail(L);
  return 1;
}

/// Sets the functions into the library on top. Stack: 0. Raises: memory.
void annals_add_characters(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"len", annals_count_characters}, {"offset", annals_offset}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}

ANNALS_RAISING_END
