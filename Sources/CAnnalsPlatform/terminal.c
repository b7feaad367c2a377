#define _GNU_SOURCE
#include "annals_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/// Signals that we answer while in raw mode.
static const int watched[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGTERM, SIGQUIT, SIGINT,
                              SIGILL,   SIGTRAP, SIGABRT, SIGFPE, SIGSEGV, SIGBUS};
enum { watched_count = sizeof watched / sizeof watched[0] };

static struct sigaction older[watched_count];
static struct termios cooked;
static int changes[2] = {-1, -1};
static volatile sig_atomic_t is_watching;
static volatile sig_atomic_t is_raw;

static void put(const char *text) {
  ssize_t written = write(STDOUT_FILENO, text, strlen(text));
  (void)written;
}

static void note(char change) {
  // A full pipe has told already.
  ssize_t written = write(changes[1], &change, 1);
  (void)written;
}

/// Only what is safe in a signal handler.
static void restore(int how) {
  if (!is_raw) return;
  is_raw = 0;
  put("\033[?2004l\033[m");
  tcsetattr(STDIN_FILENO, how, &cooked);
}

static void forget(int number) {
  for (int index = 0; index < watched_count; index++) {
    if (watched[index] == number) sigaction(number, &older[index], NULL);
  }
}

static void on_signal(int number, siginfo_t *info, void *context);

static int watch(int number, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, before);
}

/// Stops as the signal would have done without us, and goes on from there.
static void stop(void) {
  sigset_t signals, before;
  if (is_raw) put("\r\n");
  restore(TCSANOW);
  signal(SIGTSTP, SIG_DFL);
  sigemptyset(&signals);
  sigaddset(&signals, SIGTSTP);
  raise(SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &signals, &before);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  watch(SIGTSTP, NULL);
  note('c');
}

static void on_signal(int number, siginfo_t *info, void *context) {
  (void)context;
  int code = errno;
  if (number == SIGWINCH) {
    note('w');
  } else if (number == SIGCONT) {
    note('c');
  } else if (number == SIGTSTP) {
    stop();
  } else {
    if (is_raw) put("\r\n");
    restore(TCSANOW);
    forget(number);
    // A fault happens again when its instruction is tried again, and then has its address.
    int is_fault = number == SIGILL || number == SIGFPE || number == SIGSEGV || number == SIGBUS;
    if (!is_fault || info->si_code <= 0) raise(number);
  }
  errno = code;
}

static int begin_watching(void) {
  if (is_watching) return 0;
  if (changes[0] < 0 && pipe(changes) != 0) return -errno;
  for (int index = 0; index < 2; index++) {
    fcntl(changes[index], F_SETFL, O_NONBLOCK);
    fcntl(changes[index], F_SETFD, FD_CLOEXEC);
  }
  for (int index = 0; index < watched_count; index++) {
    watch(watched[index], &older[index]);
    // What the one who started us has ignored stays ignored.
    int is_ignored = older[index].sa_handler == SIG_IGN;
    if (is_ignored && watched[index] != SIGWINCH) sigaction(watched[index], &older[index], NULL);
  }
  is_watching = 1;
  return 0;
}

int annals_terminal_enter(void) {
  struct termios raw;
  if (!is_raw && tcgetattr(STDIN_FILENO, &cooked) != 0) return -errno;
  int status = begin_watching();
  if (status != 0) return status;
  raw = cooked;
  raw.c_iflag &= (tcflag_t) ~(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
  raw.c_cflag |= CS8;
  raw.c_lflag &= (tcflag_t) ~(ECHO | ICANON | IEXTEN | ISIG);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  is_raw = 1;
  if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0) {
    status = -errno;
    annals_terminal_leave();
    return status;
  }
  put("\033[?2004h");
  return 0;
}

void annals_terminal_leave(void) {
  restore(TCSADRAIN);
  if (!is_watching) return;
  is_watching = 0;
  for (int index = 0; index < watched_count; index++) sigaction(watched[index], &older[index], NULL);
}

int annals_terminal_changes(void) { return changes[0]; }
