#ifndef ANNALS_AHEAD_H
#define ANNALS_AHEAD_H

#include <stdint.h>

/// Asks the processor to fetch a line of memory that will be read soon. Any address will do: one that
/// can't be read is passed over.
static inline void annals_read_ahead(uintptr_t address) {
  __builtin_prefetch((const void *)address, 0, 3);
}

/// Asks for the line that stands a page behind one that is read now.
static inline void annals_read_ahead_of(const void *line) {
  annals_read_ahead((uintptr_t)line + 4096);
}

#endif
