// Values on their way from Swift to Lua. Swift writes them here, where nothing raises; C puts them
// on the Lua stack once no Swift frame is in the way.

#include <stdlib.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_KEPT_BYTES = 1 << 20,
  ANNALS_MOST_VALUES = 1000000,
  ANNALS_FUNCTION_BYTES = 256,  // what a Swift function with what it captures holds, roughly
};

annals_mark annals_get_mark(annals_context *context) {
  return (annals_mark){context->value_count, context->byte_count};
}

/// Takes back every value above `mark`, and releases what those owned.
void annals_set_mark(annals_context *context, annals_mark mark) {
  while (context->value_count > mark.values) {
    annals_value value = context->values[--context->value_count];
    bool owns = value.kind == ANNALS_OBJECT || value.kind == ANNALS_FUNCTION;
    if (owns && value.object != NULL) context->host.release(value.object);
  }
  if (context->byte_count > mark.bytes) context->byte_count = mark.bytes;
  if (context->byte_count == 0 && context->byte_capacity > ANNALS_KEPT_BYTES) {
    free(context->bytes);
    context->bytes = NULL;
    context->byte_capacity = 0;
  }
  context->values_failed = false;
}

/// Takes back the values that an error left behind above the floor.
void annals_cut(annals_context *context) {
  if (context->value_count <= context->value_floor) return;
  size_t bytes = 0;
  for (size_t i = context->value_floor; i > 0 && bytes == 0; i--) {
    annals_value value = context->values[i - 1];
    if (value.kind == ANNALS_BYTES) bytes = value.offset + value.count;
  }
  annals_set_mark(context, (annals_mark){context->value_floor, bytes});
}

/// A place for one more value, or a dummy if memory is short; delivering then raises.
static annals_value *annals_next(annals_context *context) {
  static _Thread_local annals_value lost;
  if (context->value_count == context->value_capacity) {
    size_t capacity = context->value_capacity == 0 ? 64 : context->value_capacity * 2;
    annals_value *grown = realloc(context->values, capacity * sizeof *grown);
    if (grown == NULL) {
      context->values_failed = true;
      return &lost;
    }
    context->values = grown;
    context->value_capacity = capacity;
  }
  return &context->values[context->value_count++];
}

void annals_push_nil(annals_context *context) { annals_next(context)->kind = ANNALS_NIL; }

void annals_push_boolean(annals_context *context, bool value) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_BOOLEAN;
  next->integer = value;
}

void annals_push_integer(annals_context *context, int64_t value) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_INTEGER;
  next->integer = value;
}

void annals_push_number(annals_context *context, double value) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_NUMBER;
  next->number = value;
}

void annals_push_bytes(annals_context *context, const uint8_t *bytes, size_t count) {
  size_t needed = context->byte_count + count;
  if (needed > context->byte_capacity) {
    size_t capacity = needed < 1024 ? 1024 : needed + needed / 2;
    uint8_t *grown = realloc(context->bytes, capacity);
    if (grown == NULL) {
      context->values_failed = true;
      annals_push_nil(context);
      return;
    }
    context->bytes = grown;
    context->byte_capacity = capacity;
  }
  annals_value *next = annals_next(context);
  next->kind = ANNALS_BYTES;
  next->offset = context->byte_count;
  next->count = count;
  if (count > 0) memcpy(context->bytes + context->byte_count, bytes, count);
  context->byte_count = needed;
}

void annals_push_slot(annals_context *context, int slot) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_SLOT;
  next->slot = slot;
}

/// Pushes what the kept table `slot` holds at `index`.
void annals_push_element(annals_context *context, int slot, int64_t index) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_ELEMENT;
  next->slot = slot;
  next->integer = index;
}

/// Pushes an argument of the running host call; only fit as a result of that call.
void annals_push_argument(annals_context *context, int index) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_ARGUMENT;
  next->slot = index;
}

/// Pushes userdata for `object`, which is owned from here on. If `tied`, the next value becomes its
/// user value. `outside` is how many bytes it holds outside Lua's heap, roughly.
void annals_push_object(
    annals_context *context, void *object, int type_slot, bool tied, size_t outside) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_OBJECT;
  next->object = object;
  next->slot = type_slot;
  next->tied = tied;
  next->count = outside;
  if (context->values_failed) context->host.release(object);
}

/// Pushes a function that calls `function`, which is owned from here on.
void annals_push_function(annals_context *context, void *function) {
  annals_value *next = annals_next(context);
  next->kind = ANNALS_FUNCTION;
  next->object = function;
  next->tied = false;
  next->count = ANNALS_FUNCTION_BYTES;
  if (context->values_failed) context->host.release(function);
}

/// Makes the userdata first: if that raises, the value still owns its object.
/// Stack: +1. Raises: memory.
static void annals_deliver_box(lua_State *L, annals_value *value) {
  annals_make_place(L);
  annals_box *box = lua_newuserdatauv(L, sizeof *box, value->tied);
  box->object = NULL;
  if (value->kind == ANNALS_OBJECT)
    annals_show_on(L, value->slot);
  else
    lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_function_key);
  lua_setmetatable(L, -2);
  annals_fill_box(annals_of(L), box, value->object, value->count);
  value->object = NULL;
  if (value->kind == ANNALS_FUNCTION) lua_pushcclosure(L, annals_host_call, 1);
}

/// Why here: pushing allocates. Stack: +1. Raises: memory.
void annals_deliver(lua_State *L, annals_value *value) {
  switch (value->kind) {
    case ANNALS_NIL: lua_pushnil(L); break;
    case ANNALS_BOOLEAN: lua_pushboolean(L, value->integer != 0); break;
    case ANNALS_INTEGER: lua_pushinteger(L, value->integer); break;
    case ANNALS_NUMBER: lua_pushnumber(L, value->number); break;
    case ANNALS_BYTES:
      lua_pushlstring(L, (const char *)annals_of(L)->bytes + value->offset, value->count);
      break;
    case ANNALS_SLOT: annals_show_on(L, value->slot); break;
    case ANNALS_ELEMENT:
      annals_show_on(L, value->slot);
      if (lua_istable(L, -1))
        lua_rawgeti(L, -1, value->integer);
      else
        lua_pushnil(L);
      lua_remove(L, -2);
      break;
    case ANNALS_ARGUMENT: lua_pushvalue(L, value->slot); break;
    case ANNALS_OBJECT:
    case ANNALS_FUNCTION: annals_deliver_box(L, value); break;
  }
}

/// Puts every value above `mark` on the Lua stack and takes them out of the buffer.
/// Stack: +n. Raises: memory, or a stack overflow. Returns n.
int annals_deliver_from(lua_State *L, annals_mark mark) {
  annals_context *context = annals_of(L);
  if (context->values_failed) annals_raise_memory(L);
  size_t end = context->value_count;
  if (end == mark.values) return 0;
  if (end == mark.values + 1 && context->values[mark.values].kind <= ANNALS_NUMBER) {
    // One plain value is what most calls return; every C function has room for it.
    annals_deliver(L, &context->values[mark.values]);
    context->value_count = mark.values;
    return 1;
  }
  if (end - mark.values > ANNALS_MOST_VALUES || !lua_checkstack(L, (int)(end - mark.values) + 8)) {
    if (context->refused) annals_raise_memory(L);
    return luaL_error(L, "stack overflow: too many values from the host");
  }
  int count = 0;
  for (size_t i = mark.values; i < end; i++, count++) {
    // The buffer may not move meanwhile: nothing below runs Swift but `release`.
    annals_value *value = &context->values[i];
    bool tied = value->kind == ANNALS_OBJECT && value->tied;
    annals_deliver(L, value);
    if (!tied) continue;
    annals_deliver(L, &context->values[++i]);
    lua_setiuservalue(L, -2, 1);
  }
  annals_set_mark(context, mark);
  return count;
}

ANNALS_RAISING_END
