// Userdata that own one Swift object each.
//
// Lua forgets an object whose finaliser it could not call, for want of memory or of room on the C
// stack. So every object that Lua owns stands in a list as well, which lies outside its heap; what is
// left there when the state has ended is released then.

#include <stdlib.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Makes room in the list for one more object, so that filling a box can't fail.
/// Stack: 0. Raises: memory.
void annals_make_place(lua_State *L) {
  annals_context *context = annals_of(L);
  if (context->free_place != 0 || context->owned_count < context->owned_capacity) return;
  size_t capacity = context->owned_capacity == 0 ? 64 : context->owned_capacity * 2;
  annals_owned *grown = realloc(context->owned, capacity * sizeof *grown);
  if (grown == NULL) annals_raise_memory(L);
  context->owned = grown;
  context->owned_capacity = capacity;
}

/// Hands `object`, which holds `outside` bytes outside Lua's heap, to an empty box. There must be a
/// place for it.
/// Stack: 0. Raises: never.
void annals_fill_box(annals_context *context, annals_box *box, void *object, size_t outside) {
  size_t place = context->free_place;
  if (place != 0)
    context->free_place = context->owned[place - 1].next_free;
  else
    place = ++context->owned_count;
  context->owned[place - 1] = (annals_owned){.object = object};
  *box = (annals_box){object, place, outside};
  context->outside += outside;
}

/// Releases the Swift object of a userdata, once: the pointer goes first.
/// Why here: `__gc` must be C. Stack: 0. Raises: never.
int annals_box_gc(lua_State *L) {
  annals_context *context = annals_of(L);
  annals_box *box = lua_touserdata(L, 1);
  if (box == NULL || box->object == NULL) return 0;
  void *object = box->object;
  box->object = NULL;
  context->owned[box->place - 1] = (annals_owned){.next_free = context->free_place};
  context->free_place = box->place;
  context->outside -= box->outside;
  context->host.release(object);
  return 0;
}

/// Releases what Lua has not. To be called when it has ended.
void annals_release_owned(annals_context *context) {
  for (size_t i = 0; i < context->owned_count; i++)
    if (context->owned[i].object != NULL) context->host.release(context->owned[i].object);
  free(context->owned);
}

ANNALS_RAISING_END
