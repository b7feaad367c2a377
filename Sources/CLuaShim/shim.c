#include "CLuaShim.h"

/// Why here: a plain call, kept beside the rest. Stack: 0. Raises: never.
int annals_lua_version(lua_State *L) { return (int)lua_version(L); }
