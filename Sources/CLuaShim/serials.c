// What `tostring` and its like show of values that have no text: a number of their own instead of an
// address. Addresses differ from run to run, and help those who look for a way out.

#include <stdio.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Keys of the registry: the numbers of objects, whose keys are weak, and of texts, by address.
static const char annals_serials_key = 0;
static const char annals_text_serials_key = 0;

void annals_open_serials(lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushstring(L, annals_of(L)->mode_name);
  lua_pushliteral(L, "k");
  lua_rawset(L, -3);
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_serials_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_text_serials_key);
}

/// Gives the number of the object at `index`, which is that of its first showing.
/// Stack: 0. Raises: memory.
static lua_Integer annals_serial(lua_State *L, int index) {
  bool is_text = lua_type(L, index) == LUA_TSTRING;
  lua_rawgetp(L, LUA_REGISTRYINDEX, is_text ? &annals_text_serials_key : &annals_serials_key);
  if (is_text)
    lua_pushlightuserdata(L, (void *)lua_topointer(L, index));  // equal texts may be two
  else
    lua_pushvalue(L, index);
  lua_rawget(L, -2);
  lua_Integer serial = lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (serial == 0) {
    serial = ++annals_of(L)->serial;
    if (is_text) {
      // Kept alive, so that its address stays its own.
      lua_pushvalue(L, index);
      lua_rawseti(L, -2, serial);
      lua_pushlightuserdata(L, (void *)lua_topointer(L, index));
    } else {
      lua_pushvalue(L, index);
    }
    lua_pushinteger(L, serial);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
  return serial;
}

/// Pushes what stands for the address of the value at `index`, as `%p` shows it.
/// Stack: +1. Raises: memory.
void annals_push_serial(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (lua_topointer(L, index) == NULL) {
    lua_pushliteral(L, "(null)");
    return;
  }
  char text[32];
  snprintf(text, sizeof text, "0x%08llx", (unsigned long long)annals_serial(L, index));
  lua_pushstring(L, text);
}

/// `luaL_tolstring` without addresses.
/// Stack: +1. Raises: memory, and what `__tostring` raises.
const char *annals_to_string(lua_State *L, int index) {
  if (annals_of(L)->trusted) return luaL_tolstring(L, index, NULL);
  index = lua_absindex(L, index);
  bool has_text = lua_type(L, index) <= LUA_TSTRING && lua_type(L, index) != LUA_TLIGHTUSERDATA;
  if (!has_text && luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
    lua_pop(L, 1);
    has_text = true;
  }
  if (has_text) return luaL_tolstring(L, index, NULL);
  int type = luaL_getmetafield(L, index, "__name");
  const char *name = type == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, index);
  annals_push_serial(L, index);
  lua_pushfstring(L, "%s: %s", name, lua_tostring(L, -1));
  lua_replace(L, type == LUA_TNIL ? -2 : -3);
  if (type != LUA_TNIL) lua_pop(L, 1);
  return lua_tostring(L, -1);
}

/// `tostring(value)`. Stack: +1. Raises: as `annals_to_string`.
int annals_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  annals_to_string(L, 1);
  return 1;
}

ANNALS_RAISING_END
