#include <stdlib.h>

#include "context.h"

enum {
  ANNALS_LATE_GROWTHS = 1000,
  ANNALS_LATE_BYTES = 1 << 16,
};

/// Whether a run that was asked to stop still allocates instead of reaching a hook. Some loops in C
/// (a chain of `__call`, for one) end in no other way.
static bool annals_is_late(annals_context *context, size_t growth) {
  int reason = atomic_load_explicit(&context->bell->reason, memory_order_relaxed);
  if (context->depth == 0 || reason == 0) return false;
  context->late_growth += 1;
  return context->late_growth > ANNALS_LATE_GROWTHS || growth > ANNALS_LATE_BYTES;
}

/// Why here: Lua's allocator must be C. It keeps the heap within the limit; when it refuses, Lua
/// collects its garbage and asks once more before it raises.
/// Stack: 0. Raises: never.
void *annals_allocate(void *pointer, void *block, size_t old_size, size_t new_size) {
  annals_context *context = pointer;
  if (block == NULL) old_size = 0;  // then it is the kind of the new object
  if (new_size == 0) {
    free(block);
    context->used -= old_size;
    return NULL;
  }
  if (new_size > old_size && !context->relaxed) {
    size_t growth = new_size - old_size;
    size_t left =
        context->limits.heap_bytes > context->used ? context->limits.heap_bytes - context->used : 0;
    if (growth > left || annals_is_late(context, growth)) {
      context->refused = true;
      annals_write_place(context->running, 0, &context->refused_at);
      return NULL;
    }
  }
  void *result = realloc(block, new_size);
  if (result != NULL) context->used += new_size - old_size;
  if (result == NULL) context->refused = true;
  return result;
}
