/* Names the system's zlib; nothing else belongs here. */
#include <zlib.h>
