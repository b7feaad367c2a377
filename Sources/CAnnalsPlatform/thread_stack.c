#define _GNU_SOURCE
#include "annals_platform.h"

#ifdef __linux__
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

enum { ANNALS_KEPT_STACK = 64 << 10 };

/// The calling thread's; 0 until it has asked.
static _Thread_local char *annals_stack_start;
static _Thread_local size_t annals_stack_size;

void annals_forget_stack(void) {
  if (annals_stack_start == NULL) {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    void *start = NULL;
    pthread_attr_getstack(&attributes, &start, &annals_stack_size);
    pthread_attr_destroy(&attributes);
    annals_stack_start = start;
  }
  if (annals_stack_size > ANNALS_KEPT_STACK)
    madvise(annals_stack_start, annals_stack_size - ANNALS_KEPT_STACK, MADV_DONTNEED);
}
#else
void annals_forget_stack(void) {}
#endif
