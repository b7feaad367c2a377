#ifndef ANNALS_TEXTS_H
#define ANNALS_TEXTS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// The bytes of a text of up to 32 as four words, the first byte lowest, with zeros behind its end.
typedef struct {
  uint64_t words[4];
} annals_short_text;

/// As `annals_short_text_at`, a word at a time.
static inline annals_short_text annals_short_text_portable(const uint8_t *bytes, int64_t length) {
  annals_short_text text;
  uint8_t padded[32] = {0};
  memcpy(padded, bytes, (size_t)length);
  for (int index = 0; index < 4; index++) {
    text.words[index] = 0;
    for (int byte = 0; byte < 8; byte++)
      text.words[index] |= (uint64_t)padded[index * 8 + byte] << (byte * 8);
  }
  return text;
}

#if defined(__SSE2__)
/// From `32 - n` on, so many bytes are all ones and the others of 32 zero.
static const uint8_t annals_length_masks[64] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

static inline __attribute__((always_inline)) __m128i annals_masked_16(
    __m128i bytes, const uint8_t *mask) {
  return _mm_and_si128(bytes, _mm_loadu_si128((const __m128i *)mask));
}
#endif

/// A text of `length` bytes, from 0 to 32; 32 bytes can be read from `bytes` on.
///
/// Plain form: copy the bytes and leave the rest zero.
/// Trick:      read 32 bytes and take off what is behind the end by a mask, without asking how many
///             words there are: texts of many lengths stand in one column.
static inline __attribute__((always_inline)) annals_short_text annals_short_text_at(
    const uint8_t *bytes, int64_t length) {
#if defined(__SSE2__)
  const uint8_t *mask = annals_length_masks + 32 - length;
  const __m128i front = annals_masked_16(_mm_loadu_si128((const __m128i *)bytes), mask);
  const __m128i back =
      annals_masked_16(_mm_loadu_si128((const __m128i *)(bytes + 16)), mask + 16);
  const annals_short_text text = {
      {(uint64_t)_mm_cvtsi128_si64(front),
       (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(front, front)),
       (uint64_t)_mm_cvtsi128_si64(back),
       (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(back, back))}};
  return text;
#else
  return annals_short_text_portable(bytes, length);
#endif
}

/// Whether two texts of the same length, from 0 to 32, are equal; 32 bytes can be read of each.
static inline __attribute__((always_inline)) bool annals_short_texts_are_equal(
    const uint8_t *one, const uint8_t *other, int64_t length) {
#if defined(__SSE2__)
  const uint8_t *mask = annals_length_masks + 32 - length;
  const __m128i front = _mm_xor_si128(
      _mm_loadu_si128((const __m128i *)one), _mm_loadu_si128((const __m128i *)other));
  const __m128i back = _mm_xor_si128(
      _mm_loadu_si128((const __m128i *)(one + 16)),
      _mm_loadu_si128((const __m128i *)(other + 16)));
  const __m128i unlike =
      _mm_or_si128(annals_masked_16(front, mask), annals_masked_16(back, mask + 16));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(unlike, _mm_setzero_si128())) == 0xFFFF;
#else
  return memcmp(one, other, (size_t)length) == 0;
#endif
}

#endif
