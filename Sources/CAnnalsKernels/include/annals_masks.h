#ifndef ANNALS_MASKS_H
#define ANNALS_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined(ANNALS_WIDE_UNIT)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

/// How kernels are carried out. All forms give the same.
typedef enum {
  /// Without special instructions.
  annals_form_portable,
  /// With those that every processor of the kind has: SSE2 on x86-64, else the portable ones.
  annals_form_baseline,
  /// With AVX2, BMI, POPCNT and PCLMULQDQ; only where `annals_has_wide_form` says so.
  annals_form_wide,
} annals_form;

/// Where in 64 bytes some kinds of bytes stand, a bit for each, the first byte lowest.
typedef struct {
  uint64_t delimiter;
  uint64_t line_feed;
  uint64_t carriage_return;
  uint64_t quote;
  uint64_t zero;
  /// Bytes from 0x80 on.
  uint64_t high;
} annals_masks;

/// The plain form: a byte at a time.
static inline annals_masks annals_masks_portable(
    const uint8_t *bytes, uint8_t delimiter, int quote) {
  annals_masks masks = {0, 0, 0, 0, 0, 0};
  for (int index = 0; index < 64; index++) {
    const uint8_t byte = bytes[index];
    const uint64_t bit = (uint64_t)1 << index;
    if (byte == delimiter) masks.delimiter |= bit;
    if (byte == '\n') masks.line_feed |= bit;
    if (byte == '\r') masks.carriage_return |= bit;
    if (byte == quote) masks.quote |= bit;
    if (byte == 0) masks.zero |= bit;
    if (byte >= 0x80) masks.high |= bit;
  }
  return masks;
}

#if defined(ANNALS_WIDE_UNIT)
static inline __attribute__((always_inline)) uint64_t annals_movemask_64(__m256i a, __m256i b) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(a)
         | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

static inline __attribute__((always_inline)) uint64_t annals_equal_64(
    __m256i a, __m256i b, char byte) {
  const __m256i wanted = _mm256_set1_epi8(byte);
  return annals_movemask_64(_mm256_cmpeq_epi8(a, wanted), _mm256_cmpeq_epi8(b, wanted));
}

/// As `annals_masks_sse2`, by comparing 32 bytes at a time.
static inline __attribute__((always_inline)) annals_masks annals_masks_avx2(
    const uint8_t *bytes, uint8_t delimiter, int quote) {
  const __m256i a = _mm256_loadu_si256((const __m256i *)bytes);
  const __m256i b = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  annals_masks masks = {0, 0, 0, 0, 0, 0};
  masks.delimiter = annals_equal_64(a, b, (char)delimiter);
  if (quote >= 0) masks.quote = annals_equal_64(a, b, (char)quote);
  const __m256i lowest = _mm256_min_epu8(a, b);
  const __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(lowest, _mm256_set1_epi8('\r')), lowest);
  if (_mm256_movemask_epi8(control)) {
    masks.line_feed = annals_equal_64(a, b, '\n');
    masks.carriage_return = annals_equal_64(a, b, '\r');
    masks.zero = annals_equal_64(a, b, 0);
  }
  if (_mm256_movemask_epi8(_mm256_or_si256(a, b))) masks.high = annals_movemask_64(a, b);
  return masks;
}
#elif defined(__SSE2__)
static inline __attribute__((always_inline)) uint64_t annals_movemask_64(
    __m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)(_mm_movemask_epi8(a) | _mm_movemask_epi8(b) << 16)
         | (uint64_t)(uint32_t)(_mm_movemask_epi8(c) | _mm_movemask_epi8(d) << 16) << 32;
}

static inline __attribute__((always_inline)) uint64_t annals_equal_64(
    __m128i a, __m128i b, __m128i c, __m128i d, char byte) {
  const __m128i wanted = _mm_set1_epi8(byte);
  return annals_movemask_64(
      _mm_cmpeq_epi8(a, wanted), _mm_cmpeq_epi8(b, wanted), _mm_cmpeq_epi8(c, wanted),
      _mm_cmpeq_epi8(d, wanted));
}

/// As `annals_masks_portable`, by comparing 16 bytes at a time. Line breaks, zeros and high bytes are
/// rare and looked for precisely only where there is any: three of four blocks of text have none.
static inline __attribute__((always_inline)) annals_masks annals_masks_sse2(
    const uint8_t *bytes, uint8_t delimiter, int quote) {
  const __m128i a = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i b = _mm_loadu_si128((const __m128i *)(bytes + 16));
  const __m128i c = _mm_loadu_si128((const __m128i *)(bytes + 32));
  const __m128i d = _mm_loadu_si128((const __m128i *)(bytes + 48));
  annals_masks masks = {0, 0, 0, 0, 0, 0};
  masks.delimiter = annals_equal_64(a, b, c, d, (char)delimiter);
  if (quote >= 0) masks.quote = annals_equal_64(a, b, c, d, (char)quote);
  const __m128i lowest = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(lowest, _mm_set1_epi8('\r')), lowest);
  if (_mm_movemask_epi8(control)) {
    masks.line_feed = annals_equal_64(a, b, c, d, '\n');
    masks.carriage_return = annals_equal_64(a, b, c, d, '\r');
    masks.zero = annals_equal_64(a, b, c, d, 0);
  }
  const __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
  if (_mm_movemask_epi8(any)) masks.high = annals_movemask_64(a, b, c, d);
  return masks;
}
#endif

/// The masks of the 64 bytes from `bytes` on. A `quote` below 0 means that there is none.
static inline __attribute__((always_inline)) annals_masks annals_masks_64(
    const uint8_t *bytes, uint8_t delimiter, int quote, annals_form form) {
#if defined(ANNALS_WIDE_UNIT)
  if (form == annals_form_wide) return annals_masks_avx2(bytes, delimiter, quote);
#elif defined(__SSE2__)
  if (form == annals_form_baseline) return annals_masks_sse2(bytes, delimiter, quote);
#endif
  return annals_masks_portable(bytes, delimiter, quote);
}

/// Asks for the memory at an address to be brought near; any address may be given.
static inline __attribute__((always_inline)) void annals_prefetch(const void *address) {
  __builtin_prefetch(address);
}

/// Each bit becomes the parity of itself and the bits below.
static inline __attribute__((always_inline)) uint64_t annals_prefix_parity(uint64_t bits) {
#if defined(ANNALS_WIDE_UNIT)
  // A product without carries by all ones adds up, modulo 2, the bits below each.
  const __m128i ones = _mm_set1_epi8((char)0xFF);
  return (uint64_t)_mm_cvtsi128_si64(
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), ones, 0));
#else
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
#endif
}

/// Whether an odd number of `quote` stands in the bytes, behind which 63 more can be read.
static inline __attribute__((always_inline)) bool annals_has_odd_quotes_as(
    const uint8_t *bytes, int64_t count, uint8_t quote, annals_form form) {
  uint64_t odd = 0;
  for (int64_t index = 0; index < count; index += 64) {
    uint64_t bits = annals_masks_64(bytes + index, quote, -1, form).delimiter;
    if (count - index < 64) bits &= ((uint64_t)1 << (count - index)) - 1;
    odd ^= bits;
  }
  return __builtin_parityll(odd);
}

#endif
