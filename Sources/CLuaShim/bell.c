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
  ANNALS_RING_SOON = 100 * 1000 * 1000,  // more than arming takes where 500,000 calls are open
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

/// All alarms of the process, and the thread that rings them. Runs come and go by the thousand, and a
/// thread for each costs more than a small one does. It only grows by one thread, which sleeps.
static struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  pthread_once_t once;
  bool started;
  int64_t wake;         // when the thread looks next
  annals_watch *first;  // the alarms that are set, in no order
} annals_watcher = {.lock = PTHREAD_MUTEX_INITIALIZER, .once = PTHREAD_ONCE_INIT};

static void annals_watcher_init(void) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
#ifndef __APPLE__
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
  pthread_cond_init(&annals_watcher.changed, &attributes);
  pthread_condattr_destroy(&attributes);
}

/// Waits for an earlier alarm or until `wake`. The lock is held.
static void annals_watcher_wait(void) {
  int64_t wake = annals_watcher.wake;
  if (wake == INT64_MAX) {
    pthread_cond_wait(&annals_watcher.changed, &annals_watcher.lock);
    return;
  }
#ifdef __APPLE__
  int64_t left = wake - annals_now();
  if (left < 0) left = 0;
  struct timespec span = {left / 1000000000, left % 1000000000};
  pthread_cond_timedwait_relative_np(&annals_watcher.changed, &annals_watcher.lock, &span);
#else
  struct timespec time = {wake / 1000000000, wake % 1000000000};
  pthread_cond_timedwait(&annals_watcher.changed, &annals_watcher.lock, &time);
#endif
}

static void annals_unset(annals_watch *watch) {
  if (watch->deadline == 0) return;
  watch->deadline = 0;
  if (watch->previous != NULL)
    watch->previous->next = watch->next;
  else
    annals_watcher.first = watch->next;
  if (watch->next != NULL) watch->next->previous = watch->previous;
}

/// Rings the alarms that are due. The lock is held, so that no state ends meanwhile.
static void annals_ring_due(void) {
  int64_t now = annals_now(), wake = INT64_MAX;
  for (annals_watch *watch = annals_watcher.first, *next; watch != NULL; watch = next) {
    next = watch->next;
    if (watch->deadline <= now) {
      annals_bell_ring(watch->bell, ANNALS_KIND_TIME);
      // Again until the run notices: a hook that is armed while another one is being disarmed may
      // get lost. Each time later, since arming goes through all open calls: where they are many, the
      // thread would do nothing else. A thread outside Lua sees the reason when it enters.
      if (!atomic_load(&watch->bell->active)) {
        annals_unset(watch);
        continue;
      }
      watch->deadline = annals_now() + watch->pause;
      if (watch->pause < ANNALS_RING_LATE) watch->pause *= 2;
    }
    if (watch->deadline < wake) wake = watch->deadline;
  }
  annals_watcher.wake = wake;
}

static void *annals_watcher_main(void *nothing) {
  pthread_mutex_lock(&annals_watcher.lock);
  for (;;) {
    annals_ring_due();
    annals_watcher_wait();
  }
  return nothing;
}

/// Starts the thread when it is first needed. It takes no signals but those that every thread must
/// take. The lock is held.
static void annals_watcher_start(void) {
  sigset_t most, old;
  sigfillset(&most);
  sigdelset(&most, SIGPROF);  // by which threads are put behind the fence around files
  pthread_sigmask(SIG_SETMASK, &most, &old);
  pthread_t thread;
  annals_watcher.wake = INT64_MAX;
  annals_watcher.started = pthread_create(&thread, NULL, annals_watcher_main, NULL) == 0;
  if (annals_watcher.started) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

/// Sets when the bell of a state rings by itself; 0 is never.
void annals_watch_set(annals_watch *watch, int64_t deadline) {
  pthread_once(&annals_watcher.once, annals_watcher_init);
  pthread_mutex_lock(&annals_watcher.lock);
  annals_unset(watch);
  if (deadline != 0 && !annals_watcher.started) annals_watcher_start();
  watch->watched = annals_watcher.started;
  if (deadline != 0 && watch->watched) {
    watch->deadline = deadline;
    watch->pause = ANNALS_RING_SOON;
    watch->previous = NULL;
    watch->next = annals_watcher.first;
    if (watch->next != NULL) watch->next->previous = watch;
    annals_watcher.first = watch;
    if (deadline < annals_watcher.wake) pthread_cond_signal(&annals_watcher.changed);
  }
  pthread_mutex_unlock(&annals_watcher.lock);
}
