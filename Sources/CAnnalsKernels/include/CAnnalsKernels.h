#ifndef ANNALS_CANNALSKERNELS_H
#define ANNALS_CANNALSKERNELS_H

// Kernels that need instructions which Swift does not have. Everything is `static inline`, so that it
// is compiled into the Swift function that calls it. Each has a portable form beside the fast one;
// `is_portable` chooses it, and the tests hold one against the other.

#include "annals_masks.h"
#include "annals_fields.h"
#include "annals_equal.h"
#include "annals_search.h"

#endif
