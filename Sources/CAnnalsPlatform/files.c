#define _GNU_SOURCE
#include "annals_platform.h"

#include <errno.h>

#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

int annals_open_beneath(int folder, const char *path, uint64_t flags) {
  struct open_how how = {.flags = flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
  long opened;
  // EAGAIN: a rename elsewhere made the walk uncertain, and the system asks to try again.
  int attempts = 0;
  do {
    opened = syscall(SYS_openat2, folder, path, &how, sizeof how);
  } while (opened < 0 && (errno == EINTR || (errno == EAGAIN && attempts++ < 100)));
  return opened < 0 ? -errno : (int)opened;
}
#else
int annals_open_beneath(int folder, const char *path, uint64_t flags) {
  (void)folder, (void)path, (void)flags;
  return -ENOSYS;
}
#endif
