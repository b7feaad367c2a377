// Values that Swift holds on to stand in one table of the registry, by slot.

#include <stdlib.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Takes a slot for the value on top.
/// Why here: the table may have to grow. Stack: -1. Raises: memory. Returns the slot.
int annals_keep_top(lua_State *L) {
  annals_context *context = annals_of(L);
  if (context->free_count == 0 && context->slot_count == context->free_capacity) {
    // Room to free every slot, so that freeing never needs memory.
    int capacity = context->free_capacity == 0 ? 64 : context->free_capacity * 2;
    int *grown = realloc(context->free_slots, (size_t)capacity * sizeof *grown);
    if (grown == NULL) annals_raise_memory(L);
    context->free_slots = grown;
    context->free_capacity = capacity;
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, context->references);
  lua_insert(L, -2);
  bool reused = context->free_count > 0;
  int slot = reused ? context->free_slots[context->free_count - 1] : context->slot_count + 1;
  lua_rawseti(L, -2, slot);
  lua_pop(L, 1);
  if (reused)
    context->free_count -= 1;
  else
    context->slot_count = slot;
  return slot;
}

static int annals_keep_body(lua_State *L) {
  lua_pushinteger(L, annals_keep_top(L));
  return 1;
}

/// Keeps the value at `index` of the running frame.
/// Why here: it allocates. Stack: 0. Raises: never. Returns the slot, or 0 if the run is over.
int annals_keep(annals_context *context, int index) {
  lua_State *L = context->running;
  index = lua_absindex(L, index);
  if (!lua_checkstack(L, LUA_MINSTACK)) return 0;
  lua_pushcfunction(L, annals_keep_body);
  lua_pushvalue(L, index);
  int status = lua_pcall(L, 1, 1, 0);
  int slot = status == LUA_OK ? (int)lua_tointeger(L, -1) : 0;
  if (status != LUA_OK) annals_check_memory(L, status);
  lua_pop(L, 1);
  return slot;
}

/// Gives a slot back. Writing to a key that exists allocates nothing.
/// Stack: 0. Raises: never.
void annals_drop(annals_context *context, int slot) {
  lua_State *L = context->running;
  if (!lua_checkstack(L, 2)) return;
  lua_rawgeti(L, LUA_REGISTRYINDEX, context->references);
  lua_pushboolean(L, false);
  lua_rawseti(L, -2, slot);
  lua_pop(L, 1);
  context->free_slots[context->free_count++] = slot;
}

/// Stack: +1. Raises: never; the caller has made room for two.
void annals_show_on(lua_State *L, int slot) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, annals_of(L)->references);
  lua_rawgeti(L, -1, slot);
  lua_remove(L, -2);
}

/// Puts a kept value on the stack for reading.
/// Stack: +1. Raises: never. Returns false, with nothing pushed, if the stack is full.
bool annals_show(annals_context *context, int slot) {
  if (!lua_checkstack(context->running, 8)) return false;
  annals_show_on(context->running, slot);
  return true;
}

/// The address of a kept table, function, object or text: equal for the same value only.
const void *annals_identity(annals_context *context, int slot) {
  if (!annals_show(context, slot)) return NULL;
  const void *pointer = lua_topointer(context->running, -1);
  lua_pop(context->running, 1);
  return pointer;
}

ANNALS_RAISING_END
