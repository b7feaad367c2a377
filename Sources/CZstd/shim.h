/* Names the system's libzstd; nothing else belongs here. */
#include <zstd.h>
