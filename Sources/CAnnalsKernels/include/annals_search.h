#ifndef ANNALS_SEARCH_H
#define ANNALS_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

/// The first place from `place` on where `length` bytes, at least one, stand among `count`, or -1, in
/// time that grows with `count` alone. No byte past `count` is read, and `place` is not negative.
///
/// Not a part of the function that calls it, where its values would not stay in registers.
///
/// @param is_portable Goes without what this processor has.
int64_t annals_search(
    const uint8_t *part, int64_t length, const uint8_t *bytes, int64_t count, int64_t place,
    bool is_portable);

#endif
