// The table library's functions that go through a range: the range may be as long as a script says,
// whatever the table holds. They differ from Lua's own in one thing: a run that is over ends in the
// middle of them.

#include "context.h"

ANNALS_RAISING_BEGIN

/// Checks that the argument is a table, or has the metamethods that let it act as one.
static void annals_check_list(lua_State *L, int argument, int uses) {
  static const char *const names[] = {"__index", "__newindex", "__len"};
  if (lua_type(L, argument) == LUA_TTABLE) return;
  for (int i = 0; i < 3; i++) {
    if ((uses & 1 << i) == 0) continue;
    if (luaL_getmetafield(L, argument, names[i]) == LUA_TNIL)
      luaL_checktype(L, argument, LUA_TTABLE);
    lua_pop(L, 1);
  }
}

/// The length of the list at 1. Stack: 0. Raises: what is no list.
lua_Integer annals_list_length(lua_State *L, int uses) {
  annals_check_list(L, 1, uses | ANNALS_MEASURES);
  return luaL_len(L, 1);
}

/// Copies one element of the list at `source` to the one at `target`.
static inline void annals_copy(
    lua_State *L, int source, lua_Integer from, int target, lua_Integer to) {
  annals_spend(L, annals_of(L), 1);
  lua_geti(L, source, from);
  lua_seti(L, target, to);
}

/// `table.insert(list, position, value)`.
/// Why here: the loop must end with the run. Stack: 0. Raises: wrong arguments, the stop value.
static int annals_insert(lua_State *L) {
  lua_Integer end = annals_list_length(L, ANNALS_READS | ANNALS_WRITES);
  end = (lua_Integer)((lua_Unsigned)end + 1);
  lua_Integer position = end;
  switch (lua_gettop(L)) {
    case 2: break;
    case 3:
      position = luaL_checkinteger(L, 2);
      luaL_argcheck(
          L, (lua_Unsigned)position - 1 < (lua_Unsigned)end, 2, "position out of bounds");
      for (lua_Integer i = end; i > position; i--) annals_copy(L, 1, i - 1, 1, i);
      break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  lua_seti(L, 1, position);
  return 0;
}

/// `table.remove(list, position)`. Why here: as `insert`. Stack: +1. Raises: as `insert`.
static int annals_remove(lua_State *L) {
  lua_Integer size = annals_list_length(L, ANNALS_READS | ANNALS_WRITES);
  lua_Integer position = luaL_optinteger(L, 2, size);
  if (position != size)
    luaL_argcheck(
        L, (lua_Unsigned)position - 1 <= (lua_Unsigned)size, 2, "position out of bounds");
  lua_geti(L, 1, position);
  for (; position < size; position++) annals_copy(L, 1, position + 1, 1, position);
  lua_pushnil(L);
  lua_seti(L, 1, position);
  return 1;
}

/// `table.move(source, from, end, to, target)`. Why here: as `insert`. Stack: +1. Raises: as `insert`.
static int annals_move(lua_State *L) {
  lua_Integer from = luaL_checkinteger(L, 2);
  lua_Integer end = luaL_checkinteger(L, 3);
  lua_Integer to = luaL_checkinteger(L, 4);
  int target = lua_isnoneornil(L, 5) ? 1 : 5;
  annals_check_list(L, 1, ANNALS_READS);
  annals_check_list(L, target, ANNALS_WRITES);
  if (end >= from) {
    luaL_argcheck(L, from > 0 || end < LUA_MAXINTEGER + from, 3, "too many elements to move");
    lua_Integer count = end - from + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool overlaps = to > from && to <= end && (target == 1 || lua_compare(L, 1, target, LUA_OPEQ));
    if (overlaps)
      for (lua_Integer i = count - 1; i >= 0; i--) annals_copy(L, 1, from + i, target, to + i);
    else
      for (lua_Integer i = 0; i < count; i++) annals_copy(L, 1, from + i, target, to + i);
  }
  lua_pushvalue(L, target);
  return 1;
}

static void annals_add_element(lua_State *L, luaL_Buffer *buffer, lua_Integer index) {
  annals_spend(L, annals_of(L), 1);
  lua_geti(L, 1, index);
  if (!lua_isstring(L, -1))
    luaL_error(
        L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
        (LUAI_UACINT)index);
  luaL_addvalue(buffer);
}

/// `table.concat(list, separator, from, to)`. Why here: as `insert`. Stack: +1. Raises: as `insert`.
static int annals_concat(lua_State *L) {
  lua_Integer last = annals_list_length(L, ANNALS_READS);
  size_t separator_count;
  const char *separator = luaL_optlstring(L, 2, "", &separator_count);
  lua_Integer index = luaL_optinteger(L, 3, 1);
  last = luaL_optinteger(L, 4, last);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (; index < last; index++) {
    annals_add_element(L, &buffer, index);
    luaL_addlstring(&buffer, separator, separator_count);
  }
  if (index == last) annals_add_element(L, &buffer, index);
  luaL_pushresult(&buffer);
  return 1;
}

/// Sets the functions into the library on top. Stack: 0. Raises: memory.
void annals_add_lists(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"concat", annals_concat}, {"insert", annals_insert}, {"move", annals_move},
      {"remove", annals_remove}, {"sort", annals_sort},     {NULL, NULL},
  };
  luaL_setfuncs(L, functions, 0);
}

ANNALS_RAISING_END
