// Mapped files, and what becomes of a read past their end.
#ifndef ANNALS_MAPPING_H
#define ANNALS_MAPPING_H

#include <stddef.h>

/// Watches a mapping: if its file becomes shorter and somebody reads past the new end, the process
/// ends with a message that names `path` and with status 2, instead of being killed.
///
/// Why here: a signal handler may call next to nothing, and Swift's runtime is not next to nothing.
/// Installs a handler for SIGBUS the first time; a fault anywhere else goes to the one before.
/// Returns a number for annals_unwatch_mapping, or -1 where too many mappings are watched.
int annals_watch_mapping(const void *start, size_t byte_count, const char *path);

/// Forgets a mapping. To be called before it is unmapped.
void annals_unwatch_mapping(int number);

#endif
