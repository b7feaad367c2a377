// What the program knows of its own file.
#ifndef ANNALS_PROGRAM_H
#define ANNALS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether a byte of the program's own file was set which says that something is appended that it is
/// to run.
///
/// Why here: the compiler must not take the value of a constant for granted that is changed in the file.
bool annals_is_loaded(void);

/// Sets that byte in a program's file, which lies in memory. Returns false if there is not exactly one
/// place for it.
///
/// Why here: the search is one of the C library's, and takes milliseconds where Swift's debug build
/// would take seconds.
bool annals_load_program(uint8_t *bytes, size_t byte_count);

/// Whether the program needs libraries that are no part of its file.
///
/// Why here: the system's function calls back with a C structure of variable size.
bool annals_needs_libraries(void);

#endif
