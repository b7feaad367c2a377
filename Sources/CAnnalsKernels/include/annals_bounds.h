#ifndef ANNALS_BOUNDS_H
#define ANNALS_BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "annals_ahead.h"

/// The least and the greatest of some values.
typedef struct {
  int64_t least;
  int64_t greatest;
} annals_bounds;

/// The bounds of at least one value.
static inline __attribute__((always_inline)) annals_bounds annals_bounds_32_as(
    const int32_t *values, int64_t count) {
  int32_t least = values[0];
  int32_t greatest = values[0];
  int64_t row = 0;
  for (; row + 64 <= count; row += 64) {
    for (int index = 0; index < 64; index += 16) annals_read_ahead_of(values + row + index);
    for (int index = 0; index < 64; index++) {
      const int32_t value = values[row + index];
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
    }
  }
  for (; row < count; row++) {
    least = values[row] < least ? values[row] : least;
    greatest = values[row] > greatest ? values[row] : greatest;
  }
  return (annals_bounds){least, greatest};
}

/// As `annals_bounds_32_as`.
static inline __attribute__((always_inline)) annals_bounds annals_bounds_64_as(
    const int64_t *values, int64_t count) {
  int64_t least = values[0];
  int64_t greatest = values[0];
  int64_t row = 0;
  for (; row + 32 <= count; row += 32) {
    for (int index = 0; index < 32; index += 8) annals_read_ahead_of(values + row + index);
    for (int index = 0; index < 32; index++) {
      const int64_t value = values[row + index];
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
    }
  }
  for (; row < count; row++) {
    least = values[row] < least ? values[row] : least;
    greatest = values[row] > greatest ? values[row] : greatest;
  }
  return (annals_bounds){least, greatest};
}

/// The same in a unit that is compiled for wider instructions.
annals_bounds annals_bounds_32_wide(const int32_t *values, int64_t count);
annals_bounds annals_bounds_64_wide(const int64_t *values, int64_t count);

/// The bounds of at least one value, in the quickest form of this processor unless it is to be the
/// portable one.
annals_bounds annals_bounds_32(const int32_t *values, int64_t count, bool is_portable);
annals_bounds annals_bounds_64(const int64_t *values, int64_t count, bool is_portable);

#endif
