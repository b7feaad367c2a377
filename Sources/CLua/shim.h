/* Names the system's Lua 5.4; nothing else belongs here. */
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
