#ifndef ANNALS_HEAP_H
#define ANNALS_HEAP_H

// The blocks of one Lua heap. Lua makes and drops small ones all the time, and a process with several
// threads pays in `malloc` for locks that the heap of one thread does not need.
//
// A small block lies in a page of blocks of one size, a page in a segment of pages, so that a block's
// page is found by its address alone. A segment goes back to the system when its last page is empty. Large
// blocks are the system's, in a list, so that a heap can end with all that is in it.

#include <stddef.h>

enum {
  ANNALS_GRAIN = 16,
  ANNALS_SMALL = 512,  // bytes of the largest small block
  ANNALS_CLASSES = ANNALS_SMALL / ANNALS_GRAIN,
  ANNALS_PAGE = 8 << 10,
  ANNALS_SEGMENT_PAGES = 8,
  ANNALS_SEGMENT = ANNALS_PAGE * ANNALS_SEGMENT_PAGES,
};

typedef struct annals_page annals_page;
typedef struct annals_large annals_large;

typedef struct annals_heap {
  annals_page *open[ANNALS_CLASSES];  // pages with a block to give, by the size of their blocks
  annals_page *empty;
  annals_page *segments;  // the first page of each
  annals_large *large;
  size_t held;            // bytes of segments and of large blocks
} annals_heap;

/// How many bytes more `held` would be with a block of `new_size` in place of one of `old_size`.
size_t annals_heap_growth(const annals_heap *heap, size_t old_size, size_t new_size);

/// A block of `new_size` with the content of `block`, which is of `old_size` and no longer one, or as
/// it was if null is returned since the system has no memory. Sizes are above zero; there is no block
/// yet if `block` is null.
void *annals_heap_resize(annals_heap *heap, void *block, size_t old_size, size_t new_size);

void annals_heap_release(annals_heap *heap, void *block, size_t size);

/// Gives back all blocks.
void annals_heap_end(annals_heap *heap);

#endif
