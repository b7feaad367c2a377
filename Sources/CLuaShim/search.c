// `find`, `match`, `gmatch` and `gsub`. They differ from Lua's in one thing: a run that is over ends
// in the middle of them.

#define _GNU_SOURCE 1  // memmem
#include <string.h>

#include "patterns.h"

ANNALS_RAISING_BEGIN

enum { ANNALS_SEARCH_WINDOW = 1 << 22 };

/// Where a start position, which may count from the end, lies; counted from 0.
static size_t annals_start(lua_Integer position, size_t count) {
  if (position > 0) return (size_t)position - 1;
  if (position == 0 || position < -(lua_Integer)count) return 0;
  return count + (size_t)position;
}

/// Finds a text in another, a window at a time. The system's search takes linear time.
static const char *annals_find_plain(
    lua_State *L, const char *text, size_t count, const char *wanted, size_t wanted_count) {
  annals_context *context = annals_of(L);
  size_t window = wanted_count > ANNALS_SEARCH_WINDOW ? wanted_count : ANNALS_SEARCH_WINDOW;
  while (count >= wanted_count) {
    size_t extent = count - wanted_count < window ? count : window + wanted_count;
    const char *found = memmem(text, extent, wanted, wanted_count);
    if (found != NULL || extent == count) return found;
    annals_spend(L, context, (int64_t)(window / 16));
    text += window;
    count -= window;
  }
  return NULL;
}

static bool annals_is_plain(const char *pattern, size_t count) {
  for (size_t i = 0; i <= count; i += strlen(pattern + i) + 1)
    if (strpbrk(pattern + i, "^$*+?.([%-") != NULL) return false;
  return true;
}

/// What `find` and `match` share.
static int annals_search(lua_State *L, bool finds) {
  size_t count, pattern_count;
  const char *subject = luaL_checklstring(L, 1, &count);
  const char *pattern = luaL_checklstring(L, 2, &pattern_count);
  size_t start = annals_start(luaL_optinteger(L, 3, 1), count);
  if (start > count) {
    luaL_pushfail(L);
    return 1;
  }
  if (finds && (lua_toboolean(L, 4) || annals_is_plain(pattern, pattern_count))) {
    const char *found =
        annals_find_plain(L, subject + start, count - start, pattern, pattern_count);
    if (found != NULL) {
      lua_pushinteger(L, found - subject + 1);
      lua_pushinteger(L, found - subject + (lua_Integer)pattern_count);
      return 2;
    }
    luaL_pushfail(L);
    return 1;
  }
  annals_match match;
  annals_match_begin(&match, L, subject, count, pattern, pattern_count);
  bool is_anchored = *pattern == '^';
  if (is_anchored) pattern++;
  const char *place = subject + start;
  do {
    const char *end = annals_match_at(&match, place, pattern);
    if (end == NULL) continue;
    if (!finds) return annals_push_captures(&match, place, end);
    lua_pushinteger(L, place - subject + 1);
    lua_pushinteger(L, end - subject);
    return annals_push_captures(&match, NULL, NULL) + 2;
  } while (place++ < match.end && !is_anchored);
  luaL_pushfail(L);
  return 1;
}

/// `string.find(s, pattern, start, plain)`.
/// Why here: backtracking must end with the run. Stack: +n. Raises: wrong patterns, the stop value.
static int annals_find(lua_State *L) { return annals_search(L, true); }

/// `string.match(s, pattern, start)`. Why here: as `find`. Stack: +n. Raises: as `find`.
static int annals_match_text(lua_State *L) { return annals_search(L, false); }

/// What `gmatch` gives. Upvalues: subject, pattern, where to go on, the end of the last match; both
/// counted from 0, the latter -1 if there was none.
static int annals_gmatch_next(lua_State *L) {
  size_t count, pattern_count;
  const char *subject = lua_tolstring(L, lua_upvalueindex(1), &count);
  const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_count);
  lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
  annals_match match;
  annals_match_begin(&match, L, subject, count, pattern, pattern_count);
  const char *place = subject + lua_tointeger(L, lua_upvalueindex(3));
  for (; place <= match.end; place++) {
    const char *end = annals_match_at(&match, place, pattern);
    if (end == NULL || end - subject == last) continue;
    lua_pushinteger(L, end - subject);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    return annals_push_captures(&match, place, end);
  }
  return 0;
}

/// `string.gmatch(s, pattern, start)`. Why here: as `find`. Stack: +1. Raises: memory.
static int annals_gmatch(lua_State *L) {
  size_t count;
  luaL_checklstring(L, 1, &count);
  luaL_checkstring(L, 2);
  size_t start = annals_start(luaL_optinteger(L, 3, 1), count);
  if (start > count) start = count + 1;
  lua_settop(L, 2);
  lua_pushinteger(L, (lua_Integer)start);
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, annals_gmatch_next, 4);
  return 1;
}

/// Adds a replacement text, in which `%0` to `%9` stand for captures.
static void annals_add_text(
    annals_match *match, luaL_Buffer *buffer, const char *from, const char *to) {
  lua_State *L = match->L;
  size_t count;
  const char *text = lua_tolstring(L, 3, &count);
  const char *mark;
  while ((mark = memchr(text, '%', count)) != NULL) {
    annals_spend(L, match->context, 1);
    luaL_addlstring(buffer, text, (size_t)(mark - text));
    char next = *++mark;
    if (next == '%') {
      luaL_addchar(buffer, '%');
    } else if (next == '0') {
      luaL_addlstring(buffer, from, (size_t)(to - from));
    } else if (next >= '1' && next <= '9') {
      const char *bytes;
      ptrdiff_t length = annals_capture(match, next - '1', from, to, &bytes);
      if (length == ANNALS_CAPTURE_POSITION)
        luaL_addvalue(buffer);
      else
        luaL_addlstring(buffer, bytes, (size_t)length);
    } else {
      luaL_error(L, "invalid use of '%c' in replacement string", '%');
    }
    count -= (size_t)(mark + 1 - text);
    text = mark + 1;
  }
  luaL_addlstring(buffer, text, count);
}

/// Adds what a match is replaced by. Returns whether it was replaced.
static bool annals_add_replacement(
    annals_match *match, luaL_Buffer *buffer, const char *from, const char *to, int type) {
  lua_State *L = match->L;
  switch (type) {
    case LUA_TFUNCTION:
      lua_pushvalue(L, 3);
      lua_call(L, annals_push_captures(match, from, to), 1);
      break;
    case LUA_TTABLE: {
      const char *bytes;
      ptrdiff_t length = annals_capture(match, 0, from, to, &bytes);
      if (length != ANNALS_CAPTURE_POSITION) lua_pushlstring(L, bytes, (size_t)length);
      lua_gettable(L, 3);
      break;
    }
    default: annals_add_text(match, buffer, from, to); return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(buffer, from, (size_t)(to - from));
    return false;
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(buffer);
  return true;
}

/// `string.gsub(s, pattern, replacement, n)`.
/// Why here: as `find`. Stack: +2. Raises: wrong arguments, what a function raises, the stop value.
static int annals_gsub(lua_State *L) {
  size_t count, pattern_count;
  const char *subject = luaL_checklstring(L, 1, &count);
  const char *pattern = luaL_checklstring(L, 2, &pattern_count);
  int type = lua_type(L, 3);
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)count + 1);
  luaL_argexpected(
      L,
      type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
      "string/function/table");
  bool is_anchored = *pattern == '^';
  if (is_anchored) {
    pattern++;
    pattern_count--;
  }
  annals_match match;
  annals_match_begin(&match, L, subject, count, pattern, pattern_count);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  const char *place = subject, *last = NULL;
  lua_Integer done = 0;
  bool changed = false;
  while (done < most) {
    const char *end = annals_match_at(&match, place, pattern);
    if (end != NULL && end != last) {
      done++;
      changed = annals_add_replacement(&match, &buffer, place, end, type) || changed;
      place = last = end;
    } else if (place < match.end) {
      luaL_addchar(&buffer, *place++);
    } else {
      break;
    }
    if (is_anchored) break;
  }
  if (!changed) {
    lua_pushvalue(L, 1);
  } else {
    luaL_addlstring(&buffer, place, (size_t)(match.end - place));
    luaL_pushresult(&buffer);
  }
  lua_pushinteger(L, done);
  return 2;
}

/// Sets the functions into the library on top. Stack: 0. Raises: memory.
void annals_add_search(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"find", annals_find},   {"gmatch", annals_gmatch},   {"gsub", annals_gsub},
      {"match", annals_match_text}, {NULL, NULL},
  };
  luaL_setfuncs(L, functions, 0);
}

ANNALS_RAISING_END
