#ifndef ANNALS_EQUAL_H
#define ANNALS_EQUAL_H

#include <stdbool.h>
#include <stdint.h>

#include "annals_ahead.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// A bit for each of 64 values, the first lowest, that tells whether it equals one that is wanted. The
// portable forms are the plain ones.

static inline uint64_t annals_equal_8_portable(const uint8_t *values, uint8_t wanted) {
  uint64_t bits = 0;
  for (int index = 0; index < 64; index++) bits |= (uint64_t)(values[index] == wanted) << index;
  return bits;
}

static inline uint64_t annals_equal_16_portable(const uint16_t *values, uint16_t wanted) {
  uint64_t bits = 0;
  for (int index = 0; index < 64; index++) bits |= (uint64_t)(values[index] == wanted) << index;
  return bits;
}

static inline uint64_t annals_equal_32_portable(const int32_t *values, int32_t wanted) {
  uint64_t bits = 0;
  for (int index = 0; index < 64; index++) bits |= (uint64_t)(values[index] == wanted) << index;
  return bits;
}

#if defined(__SSE2__)
static inline uint64_t annals_equal_8_sse2(const uint8_t *values, uint8_t wanted) {
  const __m128i all = _mm_set1_epi8((char)wanted);
  uint64_t bits = 0;
  annals_read_ahead_of(values);
  for (int part = 0; part < 4; part++) {
    const __m128i some = _mm_loadu_si128((const __m128i *)(values + part * 16));
    const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(some, all));
    bits |= (uint64_t)(uint32_t)mask << (part * 16);
  }
  return bits;
}

static inline uint64_t annals_equal_16_sse2(const uint16_t *values, uint16_t wanted) {
  const __m128i all = _mm_set1_epi16((short)wanted);
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    const __m128i *some = (const __m128i *)(values + part * 16);
    if (part % 2 == 0) annals_read_ahead_of(some);
    const __m128i low = _mm_cmpeq_epi16(_mm_loadu_si128(some), all);
    const __m128i high = _mm_cmpeq_epi16(_mm_loadu_si128(some + 1), all);
    const int mask = _mm_movemask_epi8(_mm_packs_epi16(low, high));
    bits |= (uint64_t)(uint32_t)mask << (part * 16);
  }
  return bits;
}

static inline uint64_t annals_equal_32_sse2(const int32_t *values, int32_t wanted) {
  const __m128i all = _mm_set1_epi32(wanted);
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    const __m128i *some = (const __m128i *)(values + part * 16);
    annals_read_ahead_of(some);
    const __m128i low = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(some), all),
        _mm_cmpeq_epi32(_mm_loadu_si128(some + 1), all));
    const __m128i high = _mm_packs_epi32(
        _mm_cmpeq_epi32(_mm_loadu_si128(some + 2), all),
        _mm_cmpeq_epi32(_mm_loadu_si128(some + 3), all));
    const int mask = _mm_movemask_epi8(_mm_packs_epi16(low, high));
    bits |= (uint64_t)(uint32_t)mask << (part * 16);
  }
  return bits;
}
#endif

static inline __attribute__((always_inline)) uint64_t annals_equal_8(
    const uint8_t *values, uint8_t wanted, bool is_portable) {
#if defined(__SSE2__)
  if (!is_portable) return annals_equal_8_sse2(values, wanted);
#endif
  return annals_equal_8_portable(values, wanted);
}

static inline __attribute__((always_inline)) uint64_t annals_equal_16(
    const uint16_t *values, uint16_t wanted, bool is_portable) {
#if defined(__SSE2__)
  if (!is_portable) return annals_equal_16_sse2(values, wanted);
#endif
  return annals_equal_16_portable(values, wanted);
}

static inline __attribute__((always_inline)) uint64_t annals_equal_32(
    const int32_t *values, int32_t wanted, bool is_portable) {
#if defined(__SSE2__)
  if (!is_portable) return annals_equal_32_sse2(values, wanted);
#endif
  return annals_equal_32_portable(values, wanted);
}

#endif
