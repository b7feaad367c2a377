#ifndef ANNALS_CANNALSKERNELS_H
#define ANNALS_CANNALSKERNELS_H

// Kernels that need instructions which Swift does not have. Nearly all are `static inline`, so that each
// is compiled into the Swift function that calls it, but for what `kernels.c` has and what `wide.c`
// compiles for wider instructions. Each has a portable form beside the fast ones, and the tests hold one
// against the other.

#include "annals_ahead.h"
#include "annals_bounds.h"
#include "annals_masks.h"
#include "annals_fields.h"
#include "annals_equal.h"
#include "annals_search.h"
#include "annals_texts.h"

#endif
