#ifndef ANNALS_CLUASHIM_H
#define ANNALS_CLUASHIM_H

#include <lua.h>

/// The oldest release of Lua 5.4 that this header was compiled against, as `lua_version` gives it.
int annals_lua_version(lua_State *L);

#endif
