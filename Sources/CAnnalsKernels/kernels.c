// Most kernels are in the headers, as parts of the functions that call them; these are called.
#include "CAnnalsKernels.h"

annals_bounds annals_bounds_32(const int32_t *values, int64_t count, bool is_portable) {
  if (!is_portable && annals_has_wide_form()) return annals_bounds_32_wide(values, count);
  return annals_bounds_32_as(values, count);
}

annals_bounds annals_bounds_64(const int64_t *values, int64_t count, bool is_portable) {
  if (!is_portable && annals_has_wide_form()) return annals_bounds_64_wide(values, count);
  return annals_bounds_64_as(values, count);
}
