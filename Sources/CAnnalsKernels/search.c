#define _GNU_SOURCE  // memmem
#include "annals_search.h"

#include <string.h>

#include "annals_ahead.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Two bytes of a part that are rare in text, by where they stand in it.
typedef struct {
  int64_t rarest;
  int64_t rare;
} annals_rare_bytes;

/// Chooses them; of bytes that are equally rare the first and the last.
static inline annals_rare_bytes annals_rare_bytes_of(const uint8_t *part, int64_t length) {
  // From 1 for the rarest small letter on; what is not here is rarer still.
  static const uint8_t frequencies[256] = {
      ['z'] = 1,  ['q'] = 2,  ['x'] = 3,  ['j'] = 4,  ['k'] = 5,  ['v'] = 6,  ['b'] = 7,
      ['p'] = 8,  ['y'] = 9,  ['g'] = 10, ['f'] = 11, ['w'] = 12, ['m'] = 13, ['u'] = 14,
      ['c'] = 15, ['l'] = 16, ['d'] = 17, ['r'] = 18, ['h'] = 19, ['s'] = 20, ['n'] = 21,
      ['i'] = 22, ['o'] = 23, ['a'] = 24, ['t'] = 25, ['e'] = 26, [' '] = 27,
  };
  annals_rare_bytes found = {0, 0};
  int rarest = 256;
  int rare = 256;
  for (int64_t index = 0; index < length; index++) {
    const int frequency = frequencies[part[index]];
    if (frequency < rarest) {
      found.rare = found.rarest;
      rare = rarest;
      found.rarest = index;
      rarest = frequency;
    } else if (frequency <= rare) {
      found.rare = index;
      rare = frequency;
    }
  }
  return found;
}

static int64_t annals_search_portable(
    const uint8_t *part, int64_t length, const uint8_t *bytes, int64_t count, int64_t place) {
  if (place + length > count) return -1;
  const uint8_t *found = memmem(bytes + place, (size_t)(count - place), part, (size_t)length);
  return found == NULL ? -1 : found - bytes;
}

#if defined(__SSE2__)
/// Where the two rare bytes stand, a byte for each of 16 places.
static inline __attribute__((always_inline)) __m128i annals_rare_pairs(
    const uint8_t *at, annals_rare_bytes places, __m128i rarest, __m128i rare) {
  const __m128i first = _mm_loadu_si128((const __m128i *)(at + places.rarest));
  const __m128i second = _mm_loadu_si128((const __m128i *)(at + places.rare));
  return _mm_and_si128(_mm_cmpeq_epi8(first, rarest), _mm_cmpeq_epi8(second, rare));
}

/// Which of 16 places is the first where all of the part stands, or -1, of those with rare bytes.
/// Adds what may have been compared in vain to `wasted`.
static inline __attribute__((always_inline)) int annals_first_match(
    const uint8_t *part, int64_t length, const uint8_t *at, __m128i pairs, int64_t *wasted) {
  for (unsigned mask = (unsigned)_mm_movemask_epi8(pairs); mask != 0; mask &= mask - 1) {
    const int lane = __builtin_ctz(mask);
    if (memcmp(at + lane, part, (size_t)length) == 0) return lane;
    *wasted += length;
  }
  return -1;
}

/// As `annals_search_portable`, 64 places at a time and then 16: those where two rare bytes stand are
/// looked at, until that turns out to be in vain too often.
static inline __attribute__((always_inline)) int64_t annals_search_sse2(
    const uint8_t *part, int64_t length, const uint8_t *bytes, int64_t count, int64_t place) {
  const annals_rare_bytes places = annals_rare_bytes_of(part, length);
  const __m128i rarest = _mm_set1_epi8((char)part[places.rarest]);
  const __m128i rare = _mm_set1_epi8((char)part[places.rare]);
  // A part and a text that are made for it would be compared at each place.
  const int64_t start = place;
  const int64_t spare = 4096;
  int64_t wasted = 0;
  for (; place + 63 + length <= count; place += 64) {
    const uint8_t *at = bytes + place;
    annals_read_ahead_of(at);
    __m128i pairs[4];
    for (int step = 0; step < 4; step++) {
      pairs[step] = annals_rare_pairs(at + step * 16, places, rarest, rare);
    }
    const __m128i any =
        _mm_or_si128(_mm_or_si128(pairs[0], pairs[1]), _mm_or_si128(pairs[2], pairs[3]));
    if (_mm_movemask_epi8(any) == 0) continue;
    for (int step = 0; step < 4; step++) {
      const int lane = annals_first_match(part, length, at + step * 16, pairs[step], &wasted);
      if (lane >= 0) return place + step * 16 + lane;
    }
    if (wasted > spare + 16 * (place - start)) {
      return annals_search_portable(part, length, bytes, count, place);
    }
  }
  for (; place + 15 + length <= count; place += 16) {
    const uint8_t *at = bytes + place;
    const int lane =
        annals_first_match(part, length, at, annals_rare_pairs(at, places, rarest, rare), &wasted);
    if (lane >= 0) return place + lane;
  }
  return annals_search_portable(part, length, bytes, count, place);
}
#endif

int64_t annals_search(
    const uint8_t *part, int64_t length, const uint8_t *bytes, int64_t count, int64_t place,
    bool is_portable) {
#if defined(__SSE2__)
  if (!is_portable) return annals_search_sse2(part, length, bytes, count, place);
#endif
  return annals_search_portable(part, length, bytes, count, place);
}
