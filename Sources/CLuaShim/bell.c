// How a run is stopped from outside: by its deadline or by an interrupt.
//
// `lua_sethook` may be called in a signal handler of the thread that runs Lua, but not from another
// thread: it walks the list of calls, which that thread may be freeing. So ringing sets an atomic
// reason and sends SIGURG to the thread, whose handler arms the hook. SIGURG is ignored unless
// handled, so a stray one does no harm; Go uses it for the same end.

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "context.h"

enum {  // nanoseconds between two rings
  ANNALS_RING_SOON = 10 * 1000 * 1000,
  ANNALS_RING_LATE = 1000 * 1000 * 1000,
};

/// The innermost state that runs on this thread; the others follow by `outer`.
_Thread_local annals_context *volatile annals_here = NULL;

static pthread_once_t annals_handler_once = PTHREAD_ONCE_INIT;
static struct sigaction annals_old_action;

/// Why here: runs in a signal handler. Stack: 0. Raises: never; it only arms hooks, and ends chains that
/// run none.
static void annals_on_signal(int number, siginfo_t *info, void *machine) {
  int error = errno;
  for (annals_context *context = annals_here; context != NULL; context = context->outer) {
    if (atomic_load(&context->bell->reason) == 0) continue;
    annals_arm(context->running);
    annals_forbid_chains(context);
  }
  if (annals_old_action.sa_flags & SA_SIGINFO)
    annals_old_action.sa_sigaction(number, info, machine);
  else if (
      annals_old_action.sa_handler != SIG_DFL && annals_old_action.sa_handler != SIG_IGN)
    annals_old_action.sa_handler(number);
  errno = error;
}

static void annals_install_handler(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = annals_on_signal;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGURG, &action, &annals_old_action);
}

annals_bell *annals_bell_new(void) {
  pthread_once(&annals_handler_once, annals_install_handler);
  annals_bell *bell = calloc(1, sizeof *bell);
  if (bell != NULL) atomic_store(&bell->references, 1);
  return bell;
}

annals_bell *annals_share_bell(annals_context *context) {
  atomic_fetch_add(&context->bell->references, 1);
  return context->bell;
}

void annals_drop_bell(annals_bell *bell) {
  if (atomic_fetch_sub(&bell->references, 1) == 1) free(bell);
}

/// Why here: sends a signal, and must itself be fit for a signal handler.
/// Stack: 0. Raises: never. The first reason counts.
void annals_bell_ring(annals_bell *bell, annals_kind reason) {
  int none = 0;
  atomic_compare_exchange_strong(&bell->reason, &none, reason);
  atomic_fetch_add(&bell->ringing, 1);
  if (atomic_load(&bell->active)) pthread_kill(bell->thread, SIGURG);
  atomic_fetch_sub(&bell->ringing, 1);
}

void annals_ring(annals_bell *bell) { annals_bell_ring(bell, ANNALS_KIND_INTERRUPTED); }

bool annals_is_rung(annals_bell *bell) { return atomic_load(&bell->reason) != 0; }

/// Says that this thread now runs Lua. Threads of a pool block all signals; ours is let through.
void annals_bell_enter(annals_bell *bell) {
  pthread_t self = pthread_self();
  if (!pthread_equal(bell->thread, self)) {
    sigset_t urgent;
    sigemptyset(&urgent);
    sigaddset(&urgent, SIGURG);
    pthread_sigmask(SIG_UNBLOCK, &urgent, NULL);
    bell->thread = self;
  }
  atomic_store(&bell->active, 1);
}

/// Says that this thread has left Lua; after this nobody signals it, so it may end.
void annals_bell_leave(annals_bell *bell) {
  atomic_store(&bell->active, 0);
  while (atomic_load(&bell->ringing) != 0) sched_yield();
}

int64_t annals_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/// Waits for a change or until `deadline`. The lock is held. Returns whether the time is over.
static bool annals_wait(annals_watch *watch, int64_t deadline) {
#ifdef __APPLE__
  int64_t left = deadline - annals_now();
  if (left < 0) left = 0;
  struct timespec span = {left / 1000000000, left % 1000000000};
  pthread_cond_timedwait_relative_np(&watch->changed, &watch->lock, &span);
#else
  struct timespec time = {deadline / 1000000000, deadline % 1000000000};
  pthread_cond_timedwait(&watch->changed, &watch->lock, &time);
#endif
  return watch->deadline != 0 && annals_now() >= watch->deadline;
}

static void *annals_watch_main(void *pointer) {
  annals_context *context = pointer;
  annals_watch *watch = &context->watch;
  pthread_mutex_lock(&watch->lock);
  while (!watch->quit) {
    if (watch->deadline == 0) {
      pthread_cond_wait(&watch->changed, &watch->lock);
    } else if (annals_wait(watch, watch->deadline)) {
      // Again until the run notices: a hook that is armed while another one is being disarmed may
      // get lost. Each time later, since arming goes through all open calls: where they are many, the
      // thread would do nothing else. A thread outside Lua sees the reason when it enters.
      annals_bell_ring(context->bell, ANNALS_KIND_TIME);
      bool active = atomic_load(&context->bell->active);
      watch->deadline = active ? annals_now() + watch->pause : 0;
      if (watch->pause < ANNALS_RING_LATE) watch->pause *= 2;
    }
  }
  pthread_mutex_unlock(&watch->lock);
  return NULL;
}

void annals_watch_init(annals_watch *watch) {
  pthread_mutex_init(&watch->lock, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
#ifndef __APPLE__
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
  pthread_cond_init(&watch->changed, &attributes);
  pthread_condattr_destroy(&attributes);
}

/// Sets when the bell rings by itself; 0 is never. Starts the watching thread when first needed.
void annals_watch_set(annals_context *context, int64_t deadline) {
  annals_watch *watch = &context->watch;
  pthread_mutex_lock(&watch->lock);
  watch->deadline = deadline;
  watch->pause = ANNALS_RING_SOON;
  if (deadline != 0 && !watch->started) {
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    watch->started = pthread_create(&watch->thread, NULL, annals_watch_main, context) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
  }
  pthread_cond_signal(&watch->changed);
  pthread_mutex_unlock(&watch->lock);
}

void annals_watch_end(annals_watch *watch) {
  pthread_mutex_lock(&watch->lock);
  watch->quit = true;
  pthread_cond_signal(&watch->changed);
  pthread_mutex_unlock(&watch->lock);
  if (watch->started) pthread_join(watch->thread, NULL);
  pthread_cond_destroy(&watch->changed);
  pthread_mutex_destroy(&watch->lock);
}
