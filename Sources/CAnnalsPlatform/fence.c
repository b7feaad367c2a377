#define _GNU_SOURCE
#include "annals_platform.h"

#include <errno.h>
#include <sys/resource.h>

int annals_forbid_core(void) {
  struct rlimit none = {0, 0};
  return setrlimit(RLIMIT_CORE, &none) == 0 ? 0 : -errno;
}

#ifdef __linux__
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The system's header may be older than the system, so what is used of it is written down here
// (Documentation/userspace-api/landlock.rst of Linux 6.12).
enum {
  ANNALS_LANDLOCK_CREATE = 444,
  ANNALS_LANDLOCK_ADD = 445,
  ANNALS_LANDLOCK_RESTRICT = 446,
  ANNALS_LANDLOCK_VERSION = 1,       // flag of the first
  ANNALS_LANDLOCK_PATH_BENEATH = 1,  // kind of a rule
  ANNALS_WRITE_FILE = 1 << 1,
  ANNALS_READ_FILE = 1 << 2,
  ANNALS_READ_DIR = 1 << 3,
  ANNALS_REMOVE_FILE = 1 << 5,
  ANNALS_MAKE_REG = 1 << 8,
  ANNALS_TRUNCATE = 1 << 14,  // from version 3 on
};

enum {
  ANNALS_FENCE_SIGNAL = SIGPROF,  // one that no thread of ours or of a pool blocks
  ANNALS_FENCE_ROUNDS = 100,
  ANNALS_FENCE_THREADS = 1024,
  ANNALS_FENCE_FIRST_PAUSE = 20 * 1000,  // nanoseconds; most threads answer within these
  ANNALS_FENCE_LAST_PAUSE = 10 * 1000 * 1000,
};

typedef struct __attribute__((packed)) annals_path_rule {
  uint64_t access;
  int32_t folder;
} annals_path_rule;

/// All rights over files that a version of Landlock knows.
static uint64_t annals_all_rights(int version) {
  static const int counts[] = {13, 13, 14, 15, 15, 16};
  return (1ULL << counts[version < 5 ? version : 5]) - 1;
}

static int annals_landlock_version(void) {
  return (int)syscall(ANNALS_LANDLOCK_CREATE, NULL, 0, ANNALS_LANDLOCK_VERSION);
}

int annals_fence_begin(void) {
  int version = annals_landlock_version();
  if (version < 0) return -errno;
  uint64_t handled = annals_all_rights(version);
  int fence = (int)syscall(ANNALS_LANDLOCK_CREATE, &handled, sizeof handled, 0);
  return fence < 0 ? -errno : fence;
}

int annals_fence_allow(int fence, const char *folder, int uses) {
  uint64_t access = 0;
  if (uses & ANNALS_FENCE_READ) access |= ANNALS_READ_FILE | ANNALS_READ_DIR;
  if (uses & ANNALS_FENCE_WRITE)
    access |= ANNALS_WRITE_FILE | ANNALS_TRUNCATE | ANNALS_READ_DIR | ANNALS_MAKE_REG |
              ANNALS_REMOVE_FILE;
  if (uses & ANNALS_FENCE_REPLACE) access |= ANNALS_MAKE_REG | ANNALS_REMOVE_FILE;
  annals_path_rule rule = {access & annals_all_rights(annals_landlock_version()), -1};
  rule.folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (rule.folder < 0) return -errno;
  long added = syscall(ANNALS_LANDLOCK_ADD, fence, ANNALS_LANDLOCK_PATH_BENEATH, &rule, 0);
  int result = added == 0 ? 0 : -errno;
  close(rule.folder);
  return result;
}

static _Atomic int annals_fence_here = -1;  // while threads are being told
static _Atomic int annals_fence_failed = 0;
static _Atomic int annals_fenced_count = 0;
static _Atomic pid_t annals_fenced[ANNALS_FENCE_THREADS];

static bool annals_is_fenced(pid_t thread) {
  int count = atomic_load(&annals_fenced_count);
  for (int i = 0; i < count && i < ANNALS_FENCE_THREADS; i++)
    if (atomic_load(&annals_fenced[i]) == thread) return true;
  return false;
}

/// Puts the calling thread behind the fence. Fit for a signal handler.
static void annals_fence_thread(void) {
  int fence = atomic_load(&annals_fence_here);
  pid_t self = (pid_t)syscall(SYS_gettid);
  if (fence < 0 || annals_is_fenced(self)) return;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      syscall(ANNALS_LANDLOCK_RESTRICT, fence, 0) != 0)
    atomic_store(&annals_fence_failed, errno);
  int place = atomic_fetch_add(&annals_fenced_count, 1);
  if (place < ANNALS_FENCE_THREADS) atomic_store(&annals_fenced[place], self);
}

static void annals_on_fence(int number) {
  (void)number;
  int error = errno;
  annals_fence_thread();
  errno = error;
}

/// Signals all other threads that are outside. Returns how many these are, or -1.
static int annals_tell_threads(void) {
  DIR *threads = opendir("/proc/self/task");
  if (threads == NULL) return -1;
  int count = 0;
  pid_t self = (pid_t)syscall(SYS_gettid), process = getpid();
  for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
    pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);
    if (thread == 0 || thread == self || annals_is_fenced(thread)) continue;
    count++;
    syscall(SYS_tgkill, process, thread, ANNALS_FENCE_SIGNAL);
  }
  closedir(threads);
  return count;
}

/// Tells the other threads until all are behind the fence.
static int annals_fence_others(void) {
  struct timespec pause = {0, ANNALS_FENCE_FIRST_PAUSE};
  for (int round = 0; round < ANNALS_FENCE_ROUNDS; round++) {
    int count = annals_tell_threads();
    if (count < 0) return -ENOSYS;
    if (count == 0) return 0;
    nanosleep(&pause, NULL);
    pause.tv_nsec *= 2;
    if (pause.tv_nsec > ANNALS_FENCE_LAST_PAUSE) pause.tv_nsec = ANNALS_FENCE_LAST_PAUSE;
  }
  return -EAGAIN;
}

int annals_fence_close(int fence) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  action.sa_handler = annals_on_fence;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(ANNALS_FENCE_SIGNAL, &action, &old);
  atomic_store(&annals_fence_here, fence);
  // The others first: this thread lists them in a folder that is outside.
  int result = annals_fence_others();
  annals_fence_thread();
  if (result == 0) result = -atomic_load(&annals_fence_failed);
  atomic_store(&annals_fence_here, -1);
  sigaction(ANNALS_FENCE_SIGNAL, &old, NULL);
  close(fence);
  return result;
}
#else
int annals_fence_begin(void) { return -ENOSYS; }

int annals_fence_allow(int fence, const char *folder, int uses) {
  (void)fence, (void)folder, (void)uses;
  return -ENOSYS;
}

int annals_fence_close(int fence) {
  (void)fence;
  return -ENOSYS;
}
#endif
