#include "heap.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A list of pages to both sides, in which each page is at most once.
typedef struct annals_page_links {
  annals_page *previous, *next;
} annals_page_links;

/// What stands at the beginning of a page; its blocks follow.
struct annals_page {
  annals_page_links list;      // of open pages of the class, or of empty ones
  annals_page_links segments;  // of first pages
  annals_page *first;          // page of the segment
  void *freed;                 // the blocks that were given and came back, each with the next one's address
  uint32_t fresh;              // where the blocks begin that were never given
  uint16_t live;               // blocks that are given
  uint16_t capacity;
  uint16_t size;               // of a block; 0 in an empty page
  uint16_t live_pages;         // of the segment, in its first page
  bool sorted;                 // `freed` is by address
};

/// What stands before a large block.
struct annals_large {
  annals_large *previous, *next;
};

enum {
  ANNALS_SPARE_SEGMENTS = 64,  // 4 MiB
  ANNALS_PAGE_HEAD = (sizeof(annals_page) + ANNALS_GRAIN - 1) / ANNALS_GRAIN * ANNALS_GRAIN,
};

// The address sanitizer watches over blocks of `malloc` only.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ANNALS_PLAIN_HEAP 1
#endif
#endif

static inline bool annals_is_small(size_t size) {
#ifdef ANNALS_PLAIN_HEAP
  (void)size;
  return false;
#else
  return size <= ANNALS_SMALL;
#endif
}

static inline size_t annals_class_of(size_t size) { return (size - 1) / ANNALS_GRAIN; }

static void annals_link(annals_page **list, annals_page *page) {
  page->list = (annals_page_links){NULL, *list};
  if (*list != NULL) (*list)->list.previous = page;
  *list = page;
}

static void annals_unlink(annals_page **list, annals_page *page) {
  annals_page *previous = page->list.previous, *next = page->list.next;
  if (previous != NULL) previous->list.next = next;
  if (next != NULL) next->list.previous = previous;
  if (*list == page) *list = next;
}

// MARK: Segments

/// Segments that no heap has, for the next that needs one. Runs come and go by the thousand, and the
/// system's heap does not put such large aligned blocks together again: a process that gave them back each
/// time grew and grew.
static struct {
  pthread_mutex_t lock;
  annals_page *first;  // linked by `segments.next`
  int count;
} annals_spares = {.lock = PTHREAD_MUTEX_INITIALIZER};

static annals_page *annals_take_segment(void) {
  pthread_mutex_lock(&annals_spares.lock);
  annals_page *first = annals_spares.first;
  if (first != NULL) {
    annals_spares.first = first->segments.next;
    annals_spares.count -= 1;
  }
  pthread_mutex_unlock(&annals_spares.lock);
  return first != NULL ? first : aligned_alloc(ANNALS_PAGE, ANNALS_SEGMENT);
}

static void annals_give_segment(annals_page *first) {
  pthread_mutex_lock(&annals_spares.lock);
  bool kept = annals_spares.count < ANNALS_SPARE_SEGMENTS;
  if (kept) {
    first->segments.next = annals_spares.first;
    annals_spares.first = first;
    annals_spares.count += 1;
  }
  pthread_mutex_unlock(&annals_spares.lock);
  if (!kept) free(first);
}

static bool annals_add_segment(annals_heap *heap) {
  annals_page *first = annals_take_segment();
  if (first == NULL) return false;
  for (int i = ANNALS_SEGMENT_PAGES - 1; i >= 0; i--) {
    annals_page *page = (annals_page *)((char *)first + (size_t)i * ANNALS_PAGE);
    memset(page, 0, sizeof *page);
    page->first = first;
    annals_link(&heap->empty, page);
  }
  first->segments.next = heap->segments;
  if (heap->segments != NULL) heap->segments->segments.previous = first;
  heap->segments = first;
  heap->held += ANNALS_SEGMENT;
  return true;
}

/// Gives back a segment whose pages are all empty.
static void annals_drop_segment(annals_heap *heap, annals_page *first) {
  for (size_t i = 0; i < ANNALS_SEGMENT_PAGES; i++)
    annals_unlink(&heap->empty, (annals_page *)((char *)first + i * ANNALS_PAGE));
  annals_page *previous = first->segments.previous, *next = first->segments.next;
  if (previous != NULL) previous->segments.next = next;
  if (next != NULL) next->segments.previous = previous;
  if (heap->segments == first) heap->segments = next;
  heap->held -= ANNALS_SEGMENT;
  annals_give_segment(first);
}

// MARK: Pages

static annals_page *annals_open_page(annals_heap *heap, size_t class) {
  if (heap->empty == NULL && !annals_add_segment(heap)) return NULL;
  annals_page *page = heap->empty;
  annals_unlink(&heap->empty, page);
  page->first->live_pages += 1;
  page->size = (uint16_t)((class + 1) * ANNALS_GRAIN);
  page->capacity = (uint16_t)((ANNALS_PAGE - ANNALS_PAGE_HEAD) / page->size);
  page->freed = NULL;
  page->fresh = ANNALS_PAGE_HEAD;
  annals_link(&heap->open[class], page);
  return page;
}

static void annals_close_page(annals_heap *heap, annals_page *page) {
  annals_unlink(&heap->open[annals_class_of(page->size)], page);
  page->size = 0;
  annals_link(&heap->empty, page);
  page->first->live_pages -= 1;
  if (page->first->live_pages == 0) annals_drop_segment(heap, page->first);
}

/// Puts the blocks that came back in the order of their addresses. Objects that are made one after the
/// other then lie so, and going through them is quick: a stack of 500,000 calls takes two thirds of the time.
static void annals_sort_freed(annals_page *page) {
  uint64_t marks[ANNALS_PAGE / ANNALS_GRAIN / 64] = {0};
  for (void *block = page->freed; block != NULL; memcpy(&block, block, sizeof block)) {
    size_t place = (size_t)((char *)block - (char *)page) / ANNALS_GRAIN;
    marks[place / 64] |= (uint64_t)1 << (place % 64);
  }
  void **end = &page->freed;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    for (uint64_t left = marks[i]; left != 0; left &= left - 1) {
      size_t place = i * 64 + (size_t)__builtin_ctzll(left);
      *end = (char *)page + place * ANNALS_GRAIN;
      end = *end;
    }
  *end = NULL;
  page->sorted = true;
}

static void *annals_take_small(annals_heap *heap, size_t size) {
  size_t class = annals_class_of(size);
  annals_page *page = heap->open[class];
  if (page == NULL && (page = annals_open_page(heap, class)) == NULL) return NULL;
  void *block = page->freed;
  if (block != NULL) {
    memcpy(&page->freed, block, sizeof page->freed);
  } else {
    block = (char *)page + page->fresh;
    page->fresh += page->size;
  }
  page->live += 1;
  if (page->live == page->capacity) {
    annals_unlink(&heap->open[class], page);
    annals_page *next = heap->open[class];
    if (next != NULL && !next->sorted) annals_sort_freed(next);
  }
  return block;
}

static annals_page *annals_page_of(void *block) {
  return (annals_page *)((uintptr_t)block & ~(uintptr_t)(ANNALS_PAGE - 1));
}

static void annals_release_small(annals_heap *heap, void *block) {
  annals_page *page = annals_page_of(block);
  if (page->live == page->capacity)
    annals_link(&heap->open[annals_class_of(page->size)], page);
  memcpy(block, &page->freed, sizeof page->freed);
  page->freed = block;
  page->sorted = false;
  page->live -= 1;
  // The only page of its size stays open, so that a block that comes and goes costs no page each time.
  bool is_only = page->list.previous == NULL && page->list.next == NULL;
  if (page->live == 0 && !is_only) annals_close_page(heap, page);
}

// MARK: Large blocks

/// Makes the neighbours of a block know where it is.
static void annals_join(annals_heap *heap, annals_large *large) {
  if (large->next != NULL) large->next->previous = large;
  if (large->previous != NULL)
    large->previous->next = large;
  else
    heap->large = large;
}

static void *annals_take_large(annals_heap *heap, size_t size) {
  annals_large *large = malloc(sizeof *large + size);
  if (large == NULL) return NULL;
  *large = (annals_large){NULL, heap->large};
  annals_join(heap, large);
  heap->held += size;
  return large + 1;
}

static void *annals_resize_large(
    annals_heap *heap, void *block, size_t old_size, size_t new_size) {
  annals_large *large = realloc((annals_large *)block - 1, sizeof *large + new_size);
  if (large == NULL) return NULL;
  annals_join(heap, large);
  heap->held += new_size - old_size;
  return large + 1;
}

static void annals_release_large(annals_heap *heap, void *block, size_t size) {
  annals_large *large = (annals_large *)block - 1;
  if (large->next != NULL) large->next->previous = large->previous;
  if (large->previous != NULL)
    large->previous->next = large->next;
  else
    heap->large = large->next;
  heap->held -= size;
  free(large);
}

// MARK: Blocks

size_t annals_heap_growth(const annals_heap *heap, size_t old_size, size_t new_size) {
  if (!annals_is_small(new_size)) {
    size_t before = old_size == 0 || annals_is_small(old_size) ? 0 : old_size;
    return new_size > before ? new_size - before : 0;
  }
  bool has_room = heap->open[annals_class_of(new_size)] != NULL || heap->empty != NULL;
  return has_room ? 0 : ANNALS_SEGMENT;
}

static void *annals_take(annals_heap *heap, size_t size) {
  return annals_is_small(size) ? annals_take_small(heap, size) : annals_take_large(heap, size);
}

void *annals_heap_resize(annals_heap *heap, void *block, size_t old_size, size_t new_size) {
  if (block == NULL) return annals_take(heap, new_size);
  bool was_small = annals_is_small(old_size), is_small = annals_is_small(new_size);
  if (was_small && is_small && annals_class_of(old_size) == annals_class_of(new_size)) return block;
  if (!was_small && !is_small) return annals_resize_large(heap, block, old_size, new_size);
  void *result = annals_take(heap, new_size);
  if (result == NULL) return NULL;
  memcpy(result, block, old_size < new_size ? old_size : new_size);
  annals_heap_release(heap, block, old_size);
  return result;
}

void annals_heap_release(annals_heap *heap, void *block, size_t size) {
  if (block == NULL) return;
  if (annals_is_small(size))
    annals_release_small(heap, block);
  else
    annals_release_large(heap, block, size);
}

void annals_heap_end(annals_heap *heap) {
  for (annals_page *first = heap->segments; first != NULL;) {
    annals_page *next = first->segments.next;
    annals_give_segment(first);
    first = next;
  }
  for (annals_large *large = heap->large; large != NULL;) {
    annals_large *next = large->next;
    free(large);
    large = next;
  }
}
