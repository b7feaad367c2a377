/* Names the system's libseccomp; nothing else belongs here. */
#include <seccomp.h>
