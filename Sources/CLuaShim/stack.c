// Reading what stands on the Lua stack. Nothing here allocates or runs a metamethod.

#include "context.h"

int annals_top(annals_context *context) { return lua_gettop(context->running); }

void annals_set_top(annals_context *context, int top) { lua_settop(context->running, top); }

/// Whether the userdata at `index` is one of ours, of any type.
static bool annals_is_ours(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  bool ours = lua_rawgetp(L, -1, &annals_object_key[0]) == LUA_TBOOLEAN;
  lua_pop(L, 2);
  return ours;
}

annals_type annals_type_at(annals_context *context, int index) {
  lua_State *L = context->running;
  switch (lua_type(L, index)) {
    case LUA_TNONE: return ANNALS_TYPE_NONE;
    case LUA_TNIL: return ANNALS_TYPE_NIL;
    case LUA_TBOOLEAN: return ANNALS_TYPE_BOOLEAN;
    case LUA_TNUMBER: return lua_isinteger(L, index) ? ANNALS_TYPE_INTEGER : ANNALS_TYPE_NUMBER;
    case LUA_TSTRING: return ANNALS_TYPE_STRING;
    case LUA_TTABLE: return ANNALS_TYPE_TABLE;
    case LUA_TFUNCTION: return ANNALS_TYPE_FUNCTION;
    case LUA_TUSERDATA: return annals_is_ours(L, index) ? ANNALS_TYPE_OBJECT : ANNALS_TYPE_OTHER;
    default: return ANNALS_TYPE_OTHER;
  }
}

/// Reads the value at `index`, whatever it is.
/// Stack: 0. Raises: never; bytes stay valid while the value is on the stack.
annals_reading annals_read(annals_context *context, int index) {
  lua_State *L = context->running;
  annals_reading reading = {.type = annals_type_at(context, index)};
  switch (reading.type) {
    case ANNALS_TYPE_BOOLEAN: reading.integer = lua_toboolean(L, index); break;
    case ANNALS_TYPE_INTEGER: reading.integer = lua_tointeger(L, index); break;
    case ANNALS_TYPE_NUMBER: reading.number = lua_tonumber(L, index); break;
    case ANNALS_TYPE_STRING: annals_read_text(context, index, &reading.text); break;
    case ANNALS_TYPE_OBJECT:
      reading.object = ((annals_box *)lua_touserdata(L, index))->object;
      break;
    default: break;
  }
  return reading;
}

/// Reads an integer, or a number with an integral value; texts are not converted.
bool annals_read_integer(annals_context *context, int index, int64_t *value) {
  lua_State *L = context->running;
  int fits = 0;
  if (lua_type(L, index) == LUA_TNUMBER) *value = lua_tointegerx(L, index, &fits);
  return fits != 0;
}

bool annals_read_number(annals_context *context, int index, double *value) {
  lua_State *L = context->running;
  if (lua_type(L, index) != LUA_TNUMBER) return false;
  *value = lua_tonumber(L, index);
  return true;
}

bool annals_read_text(annals_context *context, int index, annals_text *text) {
  lua_State *L = context->running;
  if (lua_type(L, index) != LUA_TSTRING) return false;
  text->bytes = (const uint8_t *)lua_tolstring(L, index, &text->count);
  return true;
}

/// Whether the value at `index` is userdata with exactly this metatable; a null `object` is a Swift
/// object that was released.
bool annals_is_object(annals_context *context, int index, const void *metatable, void **object) {
  lua_State *L = context->running;
  annals_box *box = lua_touserdata(L, index);
  if (box == NULL || !lua_getmetatable(L, index)) return false;
  bool same = lua_topointer(L, -1) == metatable;
  lua_pop(L, 1);
  if (same) *object = box->object;
  return same;
}

/// The name that scripts know the type of the object at `index` by, and its metatable's address.
const void *annals_type_name(annals_context *context, int index, annals_text *name) {
  lua_State *L = context->running;
  *name = (annals_text){NULL, 0};
  if (!lua_getmetatable(L, index)) return NULL;
  const void *metatable = lua_topointer(L, -1);
  if (lua_rawgetp(L, -1, &annals_object_key[0]) == LUA_TBOOLEAN) {
    lua_rawgetp(L, -2, &annals_object_key[1]);
    annals_read_text(context, -1, name);
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return metatable;
}

/// Where the script is: the line that called the running host function.
annals_text annals_position(annals_context *context) {
  annals_write_call(context->running, &context->place);
  return (annals_text){(const uint8_t *)context->place.bytes, context->place.count};
}
