// The kernels once more, compiled for instructions that not every processor has. Nothing outside of this
// unit may be compiled so: `annals_has_wide_form` decides at run time.
#if defined(__x86_64__)
#define ANNALS_WIDE_UNIT 1
#include <immintrin.h>
#pragma clang attribute push( \
    __attribute__((target("avx2,bmi,popcnt,pclmul"))), apply_to = function)
#endif

#include "CAnnalsKernels.h"

annals_fields annals_index_fields_wide(
    const uint8_t *bytes, int64_t length, bool is_end, uint8_t delimiter, int quote,
    uint32_t *positions, uint32_t *breaks) {
  return annals_index_fields_as(
      bytes, length, is_end, delimiter, quote, positions, breaks, annals_form_wide);
}

bool annals_has_odd_quotes_wide(const uint8_t *bytes, int64_t count, uint8_t quote) {
  return annals_has_odd_quotes_as(bytes, count, quote, annals_form_wide);
}

annals_bounds annals_bounds_32_wide(const int32_t *values, int64_t count) {
  return annals_bounds_32_as(values, count);
}

annals_bounds annals_bounds_64_wide(const int64_t *values, int64_t count) {
  return annals_bounds_64_as(values, count);
}

#if defined(__x86_64__)
#pragma clang attribute pop

bool annals_has_wide_form(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")
         && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}
#else
bool annals_has_wide_form(void) { return false; }
#endif
