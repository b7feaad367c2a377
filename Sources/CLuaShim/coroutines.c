// The coroutine library. Resuming publishes which coroutine runs, so that an alarm arms its hook,
// and an error that ends the run is raised again in the one that resumed.

#include "context.h"

ANNALS_RAISING_BEGIN

static lua_State *annals_check_coroutine(lua_State *L) {
  lua_State *thread = lua_tothread(L, 1);
  luaL_argexpected(L, thread != NULL, 1, "coroutine");
  return thread;
}

/// Says which coroutine runs from now on, and catches up on an alarm that rang meanwhile.
/// Stack: 0. Raises: never.
static void annals_publish(lua_State *L) {
  annals_context *context = annals_of(L);
  context->running = L;
  bool alarmed = context->over != ANNALS_KIND_NONE || atomic_load(&context->bell->reason) != 0;
  if (alarmed)
    annals_arm(L);
  else if (context->step != 0)
    annals_stand(L);
}

/// Resumes `thread` with the top `count` values.
/// Stack: -count, +n results or the error. Raises: the stop value. Returns n, or -1 for an error.
static int annals_resume(lua_State *L, lua_State *thread, int count) {
  annals_context *context = annals_of(L);
  if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
  if (!lua_checkstack(thread, count)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, thread, count);
  annals_publish(thread);
  int results = 0;
  int status = lua_resume(thread, L, count, &results);
  annals_publish(L);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, results + 1)) {
      lua_pop(thread, results);
      lua_pushliteral(L, "too many results to resume");
      return -1;
    }
    lua_xmove(thread, L, results);
    return results;
  }
  if (context->trace_state == ANNALS_TRACE_NONE && context->over == ANNALS_KIND_NONE) {
    annals_write_place(thread, 0, &context->at);
    context->trace.count = 0;
    annals_write_trace(thread, 0);
    annals_know_failed(L, thread, 0);
  }
  lua_xmove(thread, L, 1);
  annals_check_memory(L, status);
  if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
  return -1;
}

/// `coroutine.resume(thread, ...)`. Stack: +n. Raises: the stop value.
static int annals_coroutine_resume(lua_State *L) {
  lua_State *thread = annals_check_coroutine(L);
  int count = annals_resume(L, thread, lua_gettop(L) - 1);
  bool done = count >= 0;
  if (!done) annals_settle(L, LUA_OK);
  lua_pushboolean(L, done);
  lua_insert(L, done ? -(count + 1) : -2);
  return done ? count + 1 : 2;
}

/// Closes `thread`; its error, if any, is left on it.
/// Stack: 0. Raises: too deep a nesting, which overruns the C stack in releases before 5.4.5.
static int annals_reset(lua_State *L, lua_State *thread) {
  annals_context *context = annals_of(L);
  if (context->close_depth >= ANNALS_CLOSE_DEPTH)
    return luaL_error(L, "stack overflow: coroutines close one another too deep");
  context->close_depth += 1;
  annals_publish(thread);
  int status = lua_resetthread(thread);
  annals_publish(L);
  context->close_depth -= 1;
  return status;
}

/// What `coroutine.wrap` returns. The error of the coroutine is raised as it is, after closing it.
/// Stack: +n. Raises: that error, or the stop value.
static int annals_wrap_call(lua_State *L) {
  annals_context *context = annals_of(L);
  lua_State *thread = lua_tothread(L, lua_upvalueindex(1));
  int count = annals_resume(L, thread, lua_gettop(L));
  if (count >= 0) return count;
  int status = lua_status(thread);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_pushvalue(L, -1);
    lua_xmove(L, thread, 1);  // closing takes the error from there
    annals_reset(L, thread);
    lua_pop(L, 1);
    lua_xmove(thread, L, 1);
    annals_check_memory(L, LUA_OK);
    if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
  }
  context->trace_state = context->trace.count > 0 ? ANNALS_TRACE_PART : ANNALS_TRACE_NONE;
  return lua_error(L);
}

/// `coroutine.wrap(f)`. Stack: +1. Raises: memory, wrong arguments.
static int annals_coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *thread = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, thread, 1);
  lua_pushcclosure(L, annals_wrap_call, 1);
  return 1;
}

/// Whether nothing runs in `thread`, so that it may be closed.
static bool annals_is_idle(lua_State *L, lua_State *thread) {
  lua_Debug frame;
  if (L == thread) return false;
  if (lua_status(thread) != LUA_OK) return true;
  return !lua_getstack(thread, 0, &frame);
}

/// `coroutine.close(thread)`. Stack: +1 or +2. Raises: the stop value, or that it still runs.
static int annals_coroutine_close(lua_State *L) {
  lua_State *thread = annals_check_coroutine(L);
  if (!annals_is_idle(L, thread)) return luaL_error(L, "cannot close a running coroutine");
  int status = annals_reset(L, thread);
  if (status == LUA_OK) {
    lua_pushboolean(L, true);
    return 1;
  }
  lua_pushboolean(L, false);
  lua_xmove(thread, L, 1);
  annals_settle(L, status);
  return 2;
}

/// `coroutine.yield(...)`, which says why it can't where Lua would speak of C.
/// Stack: all. Raises: that it can't yield here.
static int annals_coroutine_yield(lua_State *L) {
  if (annals_of(L)->depth <= 1 || lua_isyieldable(L)) return lua_yield(L, lua_gettop(L));
  return luaL_error(
      L, "can't yield here: a built-in function waits for the function that it called to return");
}

/// Opens the library. Stack: 0. Raises: memory.
void annals_open_coroutines(lua_State *L) {
  static const char *const names[] = {"create", "isyieldable", "running", "status", NULL};
  static const luaL_Reg functions[] = {
      {"close", annals_coroutine_close},   {"resume", annals_coroutine_resume},
      {"wrap", annals_coroutine_wrap},     {"yield", annals_coroutine_yield},
      {NULL, NULL},
  };
  lua_pushcfunction(L, luaopen_coroutine);
  lua_call(L, 0, 1);
  annals_keep_only(L, names);
  luaL_setfuncs(L, functions, 0);
  lua_setglobal(L, "coroutine");
}

ANNALS_RAISING_END
