// Which of Lua's standard libraries scripts see. What is not named here does not exist for them.

#include <stdio.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

static bool annals_is_named(const char *name, const char *const names[]) {
  for (; *names != NULL; names++)
    if (strcmp(name, *names) == 0) return true;
  return false;
}

/// Removes every field of the library on top that is not named.
/// Stack: 0. Raises: memory.
void annals_keep_only(lua_State *L, const char *const names[]) {
  int library = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, library)) {
    lua_pop(L, 1);
    bool named = lua_type(L, -1) == LUA_TSTRING && annals_is_named(lua_tostring(L, -1), names);
    if (named) continue;
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, library);
  }
}

static void annals_open_library(
    lua_State *L, const char *name, lua_CFunction open, const char *const names[],
    void (*change)(lua_State *)) {
  lua_pushcfunction(L, open);
  lua_call(L, 0, 1);
  annals_keep_only(L, names);
  if (change != NULL) change(L);
  lua_setglobal(L, name);
}

static void annals_open_strings(lua_State *L) {
  static const char *const names[] = {
      "byte", "char",  "find",     "format", "gmatch", "gsub", "len",   "lower",
      "match", "pack", "packsize", "rep",    "reverse", "sub", "unpack", "upper",
      NULL,
  };
  annals_open_library(L, "string", luaopen_string, names, annals_add_texts);
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
}

/// `math.randomseed(...)`: without arguments, the run's own seed. Upvalue 1: Lua's own.
/// Stack: +2. Raises: wrong arguments.
static int annals_randomseed(lua_State *L) {
  if (lua_gettop(L) == 0) lua_pushinteger(L, annals_of(L)->limits.seed);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static void annals_open_mathematics(lua_State *L) {
  static const char *const names[] = {
      "abs",  "acos",   "asin",       "atan",   "ceil",       "cos", "deg",  "exp",
      "floor", "fmod",  "huge",       "log",    "max",        "maxinteger", "min", "mininteger",
      "modf", "pi",     "rad",        "random", "randomseed", "sin", "sqrt", "tan",
      "tointeger", "type", "ult",     NULL,
  };
  annals_open_library(L, "math", luaopen_math, names, NULL);
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushcclosure(L, annals_randomseed, 1);
  lua_pushvalue(L, -1);
  lua_call(L, 0, 0);
  lua_setfield(L, -2, "randomseed");
  lua_pop(L, 1);
}

/// Tells Lua the names of its functions, for messages. Scripts can't reach this table.
/// Stack: 0. Raises: memory.
static void annals_name_functions(lua_State *L) {
  static const char *const names[] = {"_G",    "string",    "math", "table",
                                      "utf8", "coroutine", "os",   NULL};
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (int i = 0; names[i] != NULL; i++) {
    lua_getglobal(L, names[i]);
    lua_setfield(L, -2, names[i]);
  }
  lua_pop(L, 1);
}

/// Opens all that scripts may use. Stack: 0. Raises: memory.
void annals_open_libraries(lua_State *L) {
  static const char *const tables[] = {"concat", "insert", "move",   "pack",
                                       "remove", "sort",   "unpack", NULL};
  static const char *const texts[] = {"char", "charpattern", "codepoint", "codes",
                                      "len",  "offset",      NULL};
  annals_open_base(L);
  annals_open_strings(L);
  annals_open_mathematics(L);
  annals_open_library(L, "table", luaopen_table, tables, annals_add_lists);
  annals_open_library(L, "utf8", luaopen_utf8, texts, annals_add_characters);
  annals_open_coroutines(L);
  annals_open_clock(L);
  annals_name_functions(L);
}

/// Opens all of Lua's own libraries, for scripts that are trusted. Only `print` is ours, so that it
/// writes where the host says; the standard output is not buffered, so that it keeps its order with
/// what `io` writes.
/// Stack: 0. Raises: memory.
void annals_open_all(lua_State *L) {
  luaL_openlibs(L);
  lua_pushcfunction(L, annals_print);
  lua_setglobal(L, "print");
  setvbuf(stdout, NULL, _IONBF, 0);
}

ANNALS_RAISING_END
