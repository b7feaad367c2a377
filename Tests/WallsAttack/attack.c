#define _GNU_SOURCE
#include "attack.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int attack_result(long result) { return result < 0 ? -errno : (int)result; }

int attack_fork(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  return attack_result(child);
}

int attack_execute(void) {
  char *const arguments[] = {"true", NULL};
  return attack_result(execv("/bin/true", arguments));
}

int attack_trace(void) { return attack_result(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)); }

int attack_read_memory(void) {
  char byte;
  struct iovec local = {&byte, 1}, remote = {&byte, 1};
  return attack_result(process_vm_readv(getppid(), &local, 1, &remote, 1, 0));
}

int attack_connect(int family) { return attack_result(socket(family, SOCK_STREAM, 0)); }

int attack_signal(void) { return attack_result(kill(getppid(), 0)); }

int attack_open(const char *path, int flags) { return attack_result(open(path, flags, 0600)); }
