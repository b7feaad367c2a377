// The functions of Lua's base library that must not be as they are: those that catch errors, load
// code, print, or give tables finalisers.

#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Stack: as `pcall` returns. Raises: the stop value, if the run is over.
static int annals_finish_pcall(lua_State *L, int status, lua_KContext extra) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)extra;
  annals_settle(L, status);
  lua_pushboolean(L, false);
  lua_insert(L, -2);
  return 2;
}

/// `pcall(f, ...)`.
/// Why here: must not catch the end of a run. Stack: +n. Raises: the stop value.
static int annals_pcall(lua_State *L) {
  int count = lua_gettop(L);
  if (count == 0) luaL_checkany(L, 1);
  lua_pushboolean(L, true);
  lua_insert(L, 1);
  int status = lua_pcallk(L, count - 1, LUA_MULTRET, 0, 0, annals_finish_pcall);
  return annals_finish_pcall(L, status, 0);
}

/// Calls the handler of an `xpcall`, unless the run is over: no hook would end it then.
static int annals_guarded_handler(lua_State *L) {
  annals_context *context = annals_of(L);
  if (context->over != ANNALS_KIND_NONE) return 1;
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

/// `xpcall(f, handler, ...)`. Why here: as `pcall`. Stack: +n. Raises: the stop value.
static int annals_xpcall(lua_State *L) {
  int count = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, annals_guarded_handler, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, true);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  int status = lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, annals_finish_pcall);
  return annals_finish_pcall(L, status, 2);
}

/// `print(...)` to the host's output, counted against its budget.
/// Why here: calls `__tostring`. Stack: 0. Raises: what that raises, and the stop value.
int annals_print(lua_State *L) {
  annals_context *context = annals_of(L);
  int count = lua_gettop(L);
  size_t total = count == 0 ? 1 : (size_t)count;  // the tabs and the line break
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  for (int i = 1; i <= count; i++) {
    annals_to_string(L, i);
    lua_replace(L, i);
    total += lua_rawlen(L, i);
  }
  // Before the first byte, so that a line is written whole or not at all.
  if (total > context->output_left) annals_stop(L, ANNALS_KIND_OUTPUT);
  for (int i = 1; i <= count && context->over == ANNALS_KIND_NONE; i++) {
    size_t length = 0;
    const char *text = lua_tolstring(L, i, &length);
    if (i > 1) annals_write(context, (const uint8_t *)"\t", 1);
    annals_write(context, (const uint8_t *)text, length);
  }
  if (context->over == ANNALS_KIND_NONE) annals_write(context, (const uint8_t *)"\n", 1);
  if (context->over != ANNALS_KIND_NONE) return annals_raise_stop(L);
  return 0;
}

/// `setmetatable(table, metatable)` without finalisers: no hook interrupts those.
/// Why here: as said. Stack: +1. Raises: wrong arguments.
static int annals_setmetatable(lua_State *L) {
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return luaL_error(L, "cannot change a protected metatable");
  if (type == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL)
      return luaL_error(L, "a metatable with `__gc` is not allowed here");
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

/// Opens the base library. Stack: 0. Raises: memory.
void annals_open_base(lua_State *L) {
  static const char *const names[] = {
      "_G",    "_VERSION", "assert",   "error",  "getmetatable", "ipairs", "next", "pairs",
      "rawequal", "rawget", "rawlen",  "rawset", "select",       "tonumber", "tostring", "type",
      NULL,
  };
  static const luaL_Reg functions[] = {
      {"load", annals_load_text}, {"pcall", annals_pcall},   {"print", annals_print},
      {"setmetatable", annals_setmetatable}, {"tostring", annals_tostring},
      {"xpcall", annals_xpcall}, {NULL, NULL},
  };
  lua_pushcfunction(L, luaopen_base);
  lua_call(L, 0, 1);
  annals_keep_only(L, names);
  luaL_setfuncs(L, functions, 0);
  lua_pop(L, 1);
}

ANNALS_RAISING_END
