// What an attacker would call who runs machine code of his own in the process. For tests only.

#ifndef ANNALS_ATTACK_H
#define ANNALS_ATTACK_H

/// Each gives 0 or more if it got through, or the negative error number.
int attack_fork(void);
int attack_execute(void);
int attack_trace(void);
int attack_read_memory(void);
int attack_connect(int family);
int attack_signal(void);
int attack_open(const char *path, int flags);

#endif
