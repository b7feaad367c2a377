#include <stdlib.h>

#include "context.h"

enum {
  ANNALS_LATE_GROWTHS = 1000,
  ANNALS_LATE_BYTES = 1 << 16,
  ANNALS_LARGE_STACK = 1 << 18,  // bytes, of 16,384 values
  ANNALS_LARGE_FRAME = 1 << 13,  // values; no function of a script has as many
  ANNALS_CHAIN = 1000,
  ANNALS_OUTSIDE_FLOOR = 8 << 20,  // bytes
  ANNALS_LEAST_GAPS = 1 << 20,  // bytes
};

/// Its address is the key of the text `__call`, so that finding it allocates nothing.
const char annals_call_key = 0;

/// Whether a run that was asked to stop still allocates instead of reaching a hook. Some loops in C
/// (a chain of `__call`, for one) end in no other way.
static bool annals_is_late(annals_context *context, size_t growth) {
  int reason = atomic_load_explicit(&context->bell->reason, memory_order_relaxed);
  if (context->depth == 0 || reason == 0) return false;
  context->late_growth += 1;
  return context->late_growth > ANNALS_LATE_GROWTHS || growth > ANNALS_LATE_BYTES;
}

/// Whether a chain of `__call` is being followed. Lua puts each value above the one that calls it, in
/// a loop that runs no hook and takes the square of the chain's length; so it is looked for when the
/// stack grows. Values that a script passes never stand like that.
/// Stack: 0, with room for three. Raises: never.
static bool annals_is_chain(lua_State *L) {
  int length = 0;
  if (lua_gettop(L) < ANNALS_LARGE_FRAME) return false;
  for (int i = lua_gettop(L); i > 1 && length < ANNALS_CHAIN; i--) {
    bool linked = lua_getmetatable(L, i) != 0;
    if (linked) {
      lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_call_key);
      lua_rawget(L, -2);
      linked = lua_rawequal(L, -1, i - 1);
      lua_pop(L, 2);
    }
    length = linked ? length + 1 : 0;
  }
  return length == ANNALS_CHAIN;
}

/// Whether the run ends when memory is refused for good.
static bool annals_ends(const annals_context *context) {
  return context->depth > 0 && !context->trusted;
}

/// Whether the limit leaves room for a larger block. Blocks that came and went may leave gaps that no
/// block of another size fits in; these may be a quarter of the limit.
static bool annals_has_room(const annals_context *context, size_t old_size, size_t new_size) {
  size_t outside = context->lent > context->outside_kept ? context->lent : context->outside_kept;
  size_t limit = context->limits.heap_bytes;
  if (outside > limit || context->used > limit - outside) return false;
  if (new_size - old_size > limit - outside - context->used) return false;
  size_t gaps = limit / 4 > ANNALS_LEAST_GAPS ? limit / 4 : ANNALS_LEAST_GAPS;
  size_t growth = annals_heap_growth(&context->heap, old_size, new_size);
  return growth == 0 || context->heap.held + growth + outside <= limit + gaps;
}

/// Refuses to grow. Lua may collect its garbage and ask for the same once more; it raises when that is
/// refused, or without asking. Whatever runs or asks next shows which it was, and the run is over
/// before anything of the script catches the error or is closed by it.
static void *annals_refuse(annals_context *context, size_t new_size) {
  bool again = context->refused_size == new_size;
  context->refused_size = again ? 0 : new_size;
  context->refused = true;
  annals_write_place(context->running, 0, &context->refused_at);
  if (!annals_ends(context)) return NULL;
  if (again)
    annals_stop_spent(context->running);
  else
    annals_arm(context->running);
  return NULL;
}

/// Why here: Lua's allocator must be C. It keeps the heap within the limit; when it refuses, Lua
/// collects its garbage and asks once more before it raises.
/// Stack: 0. Raises: never.
void *annals_allocate(void *pointer, void *block, size_t old_size, size_t new_size) {
  annals_context *context = pointer;
  if (block == NULL) old_size = 0;  // then it is the kind of the new object
  if (new_size == 0) {
    annals_heap_release(&context->heap, block, old_size);
    context->used -= old_size;
    return NULL;
  }
  if (new_size > old_size && !context->relaxed) {
    if (!annals_has_room(context, old_size, new_size) ||
        annals_is_late(context, new_size - old_size))
      return annals_refuse(context, new_size);
    bool may_be_stack = new_size >= ANNALS_LARGE_STACK && !context->trusted;
    if (may_be_stack && annals_is_chain(context->running)) {
      context->chained = true;
      return annals_refuse(context, new_size);
    }
    bool was_final = context->refused_size != 0 && context->refused_size != new_size;
    context->refused_size = 0;
    if (was_final && annals_ends(context)) annals_stop_spent(context->running);
  }
  void *result = annals_heap_resize(&context->heap, block, old_size, new_size);
  if (result != NULL) context->used += new_size - old_size;
  if (result == NULL) context->refused = true;
  return result;
}

/// Releases the Swift objects that no script can reach any more. Lua alone would wait: its heap does
/// not show how much they hold.
/// Why here: runs `__gc`. Stack: 0. Raises: never.
void annals_collect(annals_context *context) {
  lua_gc(context->running, LUA_GCCOLLECT);
  context->outside_kept = context->outside;
}

ANNALS_RAISING_BEGIN

/// To be called when a host function has ended. Collects when what objects hold has doubled, and ends
/// the run if all together is more than the limit of the heap.
/// Stack: 0. Raises: memory.
void annals_weigh(lua_State *L) {
  annals_context *context = annals_of(L);
  size_t limit = context->limits.heap_bytes;
  size_t floor = limit / 16 < ANNALS_OUTSIDE_FLOOR ? limit / 16 : ANNALS_OUTSIDE_FLOOR;
  bool has_grown = context->outside > 2 * context->outside_kept + floor;
  bool is_over = context->outside > limit || context->used > limit - context->outside;
  if (context->relaxed || (!has_grown && !is_over)) return;
  annals_collect(context);
  if (context->outside <= limit && context->used <= limit - context->outside) return;
  annals_write_place(L, 0, &context->refused_at);
  annals_raise_memory(L);
}

ANNALS_RAISING_END
