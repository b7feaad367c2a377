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

/// What may be done in a folder inside the fence.
enum {
  ANNALS_FENCE_READ = 1,
  ANNALS_FENCE_WRITE = 2,    // and make, replace and remove files
  ANNALS_FENCE_REPLACE = 4,  // make, rename and remove files, but open none for writing
};

/// Begins a fence around all files (Landlock; Linux 5.13).
///
/// Why here: the system calls have no wrappers in the C library.
/// Gives a descriptor, or the negative error number: -ENOSYS or -EOPNOTSUPP where the system has none.
int annals_fence_begin(void);

/// Lets the fence have a gate: what lies in a folder. Gives 0 or the negative error number.
int annals_fence_allow(int fence, const char *folder, int uses);

/// Puts every thread of the process behind the fence, for good, and closes the descriptor. Files that
/// are open stay so. Gives 0 or the negative error number.
///
/// Why here: the system fences one thread at a time, so each is told by a signal, whose handler must
/// be C.
int annals_fence_close(int fence);

/// Takes from the process, for good, what a script can't need: new programs and processes, network,
/// looking into other processes, and the calls by which kernels are attacked (seccomp).
///
/// Why here: the library's functions are variadic.
/// Gives 0 or the negative error number.
int annals_forbid_calls(void);

/// Keeps a crash from writing the memory to a file. Gives 0 or the negative error number.
int annals_forbid_core(void);

/// Gives back what the calling thread has touched of its stack below its first 64 KiB. The pages
/// are zero when they are touched again. To be called from near the stack's beginning.
///
/// Why here: where a stack lies is told by an extension of the C library.
void annals_forget_stack(void);

#endif
