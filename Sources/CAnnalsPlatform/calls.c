#define _GNU_SOURCE
#include "annals_platform.h"

#include <errno.h>

#ifdef __linux__
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

/// Calls that fail as if they were not permitted.
static const char *const annals_forbidden[] = {
    // new programs and processes
    "execve", "execveat", "fork", "vfork",
    // network, and sockets of any kind
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
    // other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_open",
    "pidfd_getfd", "pidfd_send_signal", "kcmp", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "setpriority", "sched_setscheduler", "sched_setattr", "setpgid", "setsid",
    "get_robust_list", "move_pages", "migrate_pages",
    // ways around the fence, and what a process shares with others
    "open_by_handle_at", "name_to_handle_at", "mount", "umount2", "pivot_root", "chroot", "chdir",
    "fchdir", "unshare", "setns", "fsopen", "fsmount", "fsconfig", "fspick", "move_mount",
    "open_tree", "mount_setattr", "shmget", "shmat", "shmctl", "msgget", "semget", "mq_open",
    "chmod", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr",
    "removexattr", "lremovexattr", "fremovexattr", "utime", "utimes", "utimensat", "futimesat",
    // where kernels are attacked
    "io_uring_setup", "io_uring_enter", "io_uring_register", "bpf", "perf_event_open",
    "userfaultfd", "keyctl", "add_key", "request_key", "memfd_create", "personality", "quotactl",
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "syslog", "acct", "sethostname", "setdomainname", "settimeofday",
    "clock_settime", "adjtimex", "clock_adjtime", "iopl", "ioperm", "modify_ldt", "vhangup",
    "fanotify_init", "lookup_dcookie", "nfsservctl", "uselib", "vmsplice",
};

static int annals_forbid(scmp_filter_ctx filter, const char *name) {
  int call = seccomp_syscall_resolve_name(name);
  if (call == __NR_SCMP_ERROR || call < 0) return 0;  // the machine has no such call
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
}

static int annals_add_rules(scmp_filter_ctx filter) {
  int result = 0;
  for (unsigned i = 0; i < sizeof annals_forbidden / sizeof *annals_forbidden && result == 0; i++)
    result = annals_forbid(filter, annals_forbidden[i]);
  // Threads may be made, processes not. The arguments of `clone3` lie in memory, where the filter
  // can't look; told that there is no such call, the C library takes the older one.
  if (result == 0)
    result = seccomp_rule_add(
        filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
        SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  if (result == 0) result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  // Limits of oneself only.
  if (result == 0)
    result = seccomp_rule_add(
        filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0));
  // Signals to oneself only.
  scmp_datum_t self = (scmp_datum_t)getpid();
  if (result == 0)
    result = seccomp_rule_add(
        filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(kill), 1, SCMP_A0(SCMP_CMP_NE, self));
  if (result == 0)
    result = seccomp_rule_add(
        filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_NE, self));
  return result;
}

int annals_forbid_calls(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == NULL) return -ENOSYS;
  // For all threads at once, which is refused if one of them has a filter of its own.
  int result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
  // As a tree of comparisons: the kernel goes through the filter once for each call that there is.
  if (result == 0) result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (result == 0) result = annals_add_rules(filter);
  if (result == 0) result = seccomp_load(filter);
  seccomp_release(filter);
  return result;
}
#else
int annals_forbid_calls(void) { return -ENOSYS; }
#endif
