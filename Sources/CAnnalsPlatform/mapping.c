#include "annals_mapping.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { mapping_limit = 4096, status_wrong_data = 2 };

/// A watched mapping; `end` is 0 where none is. `path` is set before and freed after it.
struct mapping {
  _Atomic uintptr_t start;
  _Atomic uintptr_t end;
  char *path;
};

static struct mapping mappings[mapping_limit];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction older;
static int is_installed;

static void put(const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t written = write(STDERR_FILENO, text, left);
    if (written <= 0) return;
    text += written;
    left -= (size_t)written;
  }
}

/// Runs in place of the read that failed, so only what is safe in a signal handler may be called.
static void on_bus_error(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  uintptr_t address = (uintptr_t)info->si_addr;
  for (int index = 0; index < mapping_limit; index++) {
    uintptr_t end = atomic_load(&mappings[index].end);
    if (end == 0 || address >= end || address < atomic_load(&mappings[index].start)) continue;
    put("annals: the file `");
    put(mappings[index].path);
    put("` became shorter while it was read\n"
        "  fix: leave it alone meanwhile; to replace it, write another file and rename that\n");
    _exit(status_wrong_data);
  }
  // Not ours: the read is tried again, and its fault goes to the handler before.
  sigaction(SIGBUS, &older, NULL);
}

static int install(void) {
  if (is_installed) return 1;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  is_installed = sigaction(SIGBUS, &action, &older) == 0;
  return is_installed;
}

int annals_watch_mapping(const void *start, size_t byte_count, const char *path) {
  char *copy = strdup(path);
  if (copy == NULL) return -1;
  int found = -1;
  pthread_mutex_lock(&lock);
  if (install()) {
    for (int index = 0; index < mapping_limit && found < 0; index++) {
      if (atomic_load(&mappings[index].end) == 0) found = index;
    }
  }
  if (found >= 0) {
    mappings[found].path = copy;
    atomic_store(&mappings[found].start, (uintptr_t)start);
    atomic_store(&mappings[found].end, (uintptr_t)start + byte_count);
  }
  pthread_mutex_unlock(&lock);
  if (found < 0) free(copy);
  return found;
}

void annals_unwatch_mapping(int number) {
  if (number < 0 || number >= mapping_limit) return;
  pthread_mutex_lock(&lock);
  atomic_store(&mappings[number].end, 0);
  free(mappings[number].path);
  mappings[number].path = NULL;
  pthread_mutex_unlock(&lock);
}
