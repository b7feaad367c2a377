// Types of Swift objects, as scripts see them.

#include "context.h"

ANNALS_RAISING_BEGIN

int annals_object_index(lua_State *L);

typedef struct annals_type_parts {
  const char *name;
  annals_mark mark;
  size_t method_count;
} annals_type_parts;

/// What an object without a `tostring` of its own prints as: its type's name, without an address,
/// so that output does not depend on where things lie.
static int annals_object_text(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  return 1;
}

/// Sets `__index`, given the handler on top: methods first, then the handler.
/// Stack: -1. Raises: memory.
static void annals_set_index(lua_State *L, int metatable, int methods) {
  lua_getupvalue(L, -1, 1);
  lua_pushvalue(L, methods);
  lua_insert(L, -2);
  lua_pushcclosure(L, annals_object_index, 2);
  lua_setfield(L, metatable, "__index");
  lua_pop(L, 1);
}

/// Why here: it allocates. Stack: +1 (the metatable). Raises: memory.
static int annals_make_type_body(lua_State *L) {
  annals_type_parts *parts = lua_touserdata(L, 1);
  lua_settop(L, 0);
  lua_createtable(L, 0, 8);
  lua_createtable(L, 0, (int)parts->method_count);
  int metatable = 1, methods = 2;
  int count = annals_deliver_from(L, parts->mark);

  lua_pushstring(L, parts->name);
  lua_pushvalue(L, -1);
  lua_setfield(L, metatable, "__name");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, metatable, &annals_object_key[1]);
  lua_pushcclosure(L, annals_object_text, 1);
  lua_setfield(L, metatable, "__tostring");
  lua_pushcfunction(L, annals_box_gc);
  lua_setfield(L, metatable, "__gc");
  lua_pushboolean(L, false);
  lua_setfield(L, metatable, "__metatable");
  lua_pushboolean(L, true);
  lua_rawsetp(L, metatable, &annals_object_key[0]);
  lua_pushvalue(L, methods);
  lua_setfield(L, metatable, "__index");

  for (int i = 0; i < count; i += 2) {
    bool is_method = (size_t)i < 2 * parts->method_count;
    lua_pushvalue(L, methods + 1 + i);
    lua_pushvalue(L, methods + 2 + i);
    lua_pushliteral(L, "__index");
    if (!is_method && lua_rawequal(L, -1, -3)) {
      lua_pop(L, 1);
      annals_set_index(L, metatable, methods);
      lua_pop(L, 1);
    } else {
      lua_pop(L, 1);
      lua_rawset(L, is_method ? methods : metatable);
    }
  }
  lua_settop(L, metatable);
  return 1;
}

/// Makes the metatable of a type. The values above `parts` are names and functions by turns: first
/// the methods, then the metamethods.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_type(
    annals_context *context, const char *name, annals_mark parts, size_t method_count) {
  annals_type_parts all = {name, parts, method_count};
  return annals_run(context, annals_make_type_body, &all, 1);
}

/// Puts what is tied to the object at `index` on the stack.
/// Stack: +1. Raises: never. Returns false, with nothing pushed, if nothing can be tied to it.
bool annals_tied(annals_context *context, int index) {
  lua_State *L = context->running;
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_checkstack(L, 4)) return false;
  if (lua_getiuservalue(L, index, 1) != LUA_TNONE) return true;
  lua_pop(L, 1);
  return false;
}

ANNALS_RAISING_END
