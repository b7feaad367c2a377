// System calls that Swift cannot make, because they are variadic or have no wrapper in the C library.

#ifndef ANNALS_PLATFORM_H
#define ANNALS_PLATFORM_H

#include <stdint.h>

/// Opens a file below a folder, without following any way out of it: neither `..`, nor a link, nor a
/// race with one of them (openat2 with RESOLVE_BENEATH; Linux 5.6). It makes no file.
///
/// Why here: the system call has no wrapper in the C library, and `syscall` is variadic.
/// Gives a descriptor, or the negative error number: -EXDEV where the path leads out, -ENOSYS where
/// the system has no such call.
int annals_open_beneath(int folder, const char *path, uint64_t flags);

#endif
