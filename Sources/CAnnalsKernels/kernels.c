// The kernels are in the headers; a target of C needs one source.
#include "CAnnalsKernels.h"
