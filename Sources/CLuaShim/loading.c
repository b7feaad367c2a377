// Compiling: texts only, piece by piece, so that the end of a run is noticed.

#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  /// Bytes that the compiler gets at once. Some of its work for a token grows with the whole text.
  ANNALS_SOURCE_PIECE = 64,
};

typedef struct annals_text_source {
  const char *bytes;
  size_t count;
} annals_text_source;

/// Gives the compiler the next piece of a text.
static const char *annals_read_bytes(lua_State *L, void *pointer, size_t *count) {
  annals_text_source *source = pointer;
  const char *piece = source->bytes;
  *count = source->count < ANNALS_SOURCE_PIECE ? source->count : ANNALS_SOURCE_PIECE;
  annals_spend(L, annals_of(L), (int64_t)*count);
  source->bytes += *count;
  source->count -= *count;
  return *count == 0 ? NULL : piece;
}

/// Compiles a text. Returns a Lua status.
/// Stack: +1 (the function or the error). Raises: the stop value.
int annals_load_bytes(lua_State *L, const char *bytes, size_t count, const char *name) {
  annals_text_source source = {bytes, count};
  int status = lua_load(L, annals_read_bytes, &source, name, "t");
  if (status != LUA_OK || annals_of(L)->trusted) return status;
  return annals_check_chains(L);
}

enum { ANNALS_PIECE_INDEX = 5 };


/// Calls the reader function of `load`, whose last result stays at 5, and gives it piece by piece.
static const char *annals_read_function(lua_State *L, void *pointer, size_t *count) {
  annals_text_source *source = pointer;
  if (source->count > 0) return annals_read_bytes(L, source, count);
  luaL_checkstack(L, 2, "too many nested functions");
  lua_pushvalue(L, 1);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    *count = 0;
    return NULL;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
  lua_replace(L, ANNALS_PIECE_INDEX);
  source->bytes = lua_tolstring(L, ANNALS_PIECE_INDEX, &source->count);
  return annals_read_bytes(L, source, count);
}

/// `load(chunk, name, mode, environment)` for texts only.
/// Why here: precompiled chunks break the interpreter. Stack: +1 or +2. Raises: the stop value.
int annals_load_text(lua_State *L) {
  const char *mode = luaL_optstring(L, 3, "bt");
  const char *accepted = strchr(mode, 't') != NULL ? "t" : "";
  bool has_environment = !lua_isnone(L, 4);
  annals_text_source source = {NULL, 0};
  source.bytes = lua_tolstring(L, 1, &source.count);
  int status;
  if (source.bytes != NULL) {
    const char *name = luaL_optstring(L, 2, source.bytes);
    lua_settop(L, 4);
    status = lua_load(L, annals_read_bytes, &source, name, accepted);
  } else {
    const char *name = luaL_optstring(L, 2, "=(load)");
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 4);
    lua_pushnil(L);
    status = lua_load(L, annals_read_function, &source, name, accepted);
  }
  if (status == LUA_OK) status = annals_check_chains(L);
  if (status != LUA_OK) {
    annals_settle(L, status);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_environment) {
    lua_pushvalue(L, 4);
    if (lua_setupvalue(L, -2, 1) == NULL) lua_pop(L, 1);
  }
  return 1;
}

ANNALS_RAISING_END
