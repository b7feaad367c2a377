// What happens once a run is over a limit: every hook, and every protected call that scripts can
// reach, raises again, so that no script catches it.

#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_STEP = 1000,
  ANNALS_LOOK = 10000,  // steps of a loop in C, some 50 microseconds
};

/// Its address is the error value of a run that is over. Making it allocates nothing.
static const char annals_stop_key = 0;

/// Raises if a limit is passed or the run was asked to stop.
/// Stack: 0. Raises: the stop value.
static void annals_check(lua_State *L, int64_t instructions) {
  annals_context *context = annals_of(L);
  if (context->relaxed) return;
  if (context->limits.instructions != 0) {
    context->instructions_left -= instructions;
    if (context->instructions_left <= 0) annals_stop(L, ANNALS_KIND_INSTRUCTIONS);
  }
  bool unwatched = context->limits.nanoseconds != 0 && !context->watch.watched;
  if (unwatched && annals_now() - context->begun >= context->limits.nanoseconds)
    annals_stop(L, ANNALS_KIND_TIME);
  int reason = atomic_load(&context->bell->reason);
  if (reason != 0) annals_stop(L, (annals_kind)reason);
  if (context->refused_size != 0) annals_stop_spent(L);
  if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
}

/// Raises when the run is to stop, else puts the hook back as it stands between alarms.
/// Why here: hooks are C. Stack: 0. Raises: the stop value.
static void annals_hook(lua_State *L, lua_Debug *event) {
  if (event->event == LUA_HOOKRET) return annals_know_returning(L, event);
  annals_check(L, event->event == LUA_HOOKCOUNT ? lua_gethookcount(L) : 0);
  if (!annals_of(L)->relaxed) annals_stand(L);
}

/// What a hook does, for loops in C. See `annals_spend`.
/// Stack: 0. Raises: the stop value.
void annals_look(lua_State *L) {
  annals_context *context = annals_of(L);
  int64_t steps = ANNALS_LOOK - context->steps_left;
  context->steps_left = ANNALS_LOOK;
  annals_check(L, steps);
}

enum { ANNALS_ARMED = LUA_MASKCOUNT | LUA_MASKCALL };

/// Makes the next instruction or call of `L` run the hook. It goes through all open calls.
/// Why here: also runs in a signal handler. Stack: 0. Raises: never.
void annals_arm(lua_State *L) { lua_sethook(L, annals_hook, ANNALS_ARMED, 1); }

static bool annals_is_armed(lua_State *L) {
  return lua_gethook(L) == annals_hook && lua_gethookmask(L) == ANNALS_ARMED;
}

/// Sets the hook that stands while nothing is wrong: none, unless instructions are counted or the end of
/// a script is waited for.
void annals_stand(lua_State *L) {
  annals_context *context = annals_of(L);
  int step = context->step;
  int mask = (step != 0 ? LUA_MASKCOUNT : 0) | (context->knows_variables ? LUA_MASKRET : 0);
  if (mask == 0)
    lua_sethook(L, NULL, 0, 0);
  else if (lua_gethookmask(L) != mask || lua_gethookcount(L) != step)
    lua_sethook(L, annals_hook, mask, step);
}

/// Ends the run. The first limit that was hit counts, and so does its place in the script.
/// Stack: 0. Raises: never.
void annals_stop(lua_State *L, annals_kind kind) {
  annals_context *context = annals_of(L);
  if (context->over != ANNALS_KIND_NONE) return;
  context->over = kind;
  annals_watch_set(&context->watch, 0);
  if (kind == ANNALS_KIND_MEMORY || kind == ANNALS_KIND_DEPTH)
    annals_note_set(&context->at, context->refused_at.bytes, context->refused_at.count);
  else
    annals_write_place(L, 0, &context->at);
  context->trace.count = 0;
  annals_write_trace(L, 0);
  if (!annals_is_armed(L)) annals_arm(L);
}

/// Ends the run if it was asked to stop. To be called where an error is seen: a chain of `__call` ends
/// with one then, which says something else.
/// Stack: 0. Raises: never.
void annals_notice(lua_State *L) {
  int reason = atomic_load(&annals_of(L)->bell->reason);
  if (reason != 0) annals_stop(L, (annals_kind)reason);
}

/// Ends the run because memory is spent, or refused for another reason.
/// Stack: 0. Raises: never.
void annals_stop_spent(lua_State *L) {
  annals_context *context = annals_of(L);
  int reason = atomic_load(&context->bell->reason);
  annals_kind kind = context->chained ? ANNALS_KIND_DEPTH : ANNALS_KIND_MEMORY;
  annals_stop(L, reason != 0 ? (annals_kind)reason : kind);
}

/// Stack: ?. Raises: the stop value.
int annals_raise_stop(lua_State *L) {
  lua_pushlightuserdata(L, (void *)&annals_stop_key);
  return lua_error(L);
}

/// Raises because memory outside Lua's heap is spent. Stack: ?. Raises: memory.
int annals_raise_memory(lua_State *L) {
  annals_of(L)->refused = true;
  lua_pushliteral(L, "not enough memory");
  return lua_error(L);
}

/// Ends the run if the error on top says that memory is spent. Lua takes the text `not enough
/// memory` for that whoever raises it, so it counts only if the allocator has refused.
/// Stack: 0. Raises: never.
void annals_check_memory(lua_State *L, int status) {
  annals_context *context = annals_of(L);
  bool spent = status == LUA_ERRMEM;
  if (!spent && lua_type(L, -1) == LUA_TSTRING)
    spent = strcmp(lua_tostring(L, -1), "not enough memory") == 0;
  if (!spent || !context->refused) return;
  annals_stop_spent(L);
}

/// To be called wherever an error was caught, with the error on top: if the run is over, raises
/// again, else forgets what the error left behind.
/// Stack: 0. Raises: the stop value.
void annals_settle(lua_State *L, int status) {
  annals_context *context = annals_of(L);
  annals_notice(L);
  annals_check_memory(L, status);
  annals_cut(context);
  if (context->over != ANNALS_KIND_NONE) annals_raise_stop(L);
  context->trace_state = ANNALS_TRACE_NONE;
}

/// Starts a run: forgets that an earlier one was stopped, and sets all budgets anew.
void annals_begin(annals_context *context, annals_limits limits) {
  context->limits = limits;
  context->over = ANNALS_KIND_NONE;
  context->refused = context->chained = false;
  context->refused_size = 0;
  context->late_growth = 0;
  context->instructions_left = limits.instructions;
  context->output_left = limits.output_bytes;
  context->steps_left = ANNALS_LOOK;
  context->begun = annals_now();
  // The old alarm goes before its reason is forgotten, and the new one may ring at once after that.
  annals_watch_set(&context->watch, 0);
  atomic_store(&context->bell->reason, 0);
  annals_allow_chains(context);
  annals_watch_set(&context->watch, limits.nanoseconds == 0 ? 0 : context->begun + limits.nanoseconds);
  // Without a watching thread the hook looks at the clock itself.
  bool unwatched = limits.nanoseconds != 0 && !context->watch.watched;
  context->step = unwatched ? ANNALS_STEP : 0;
#ifdef ANNALS_DELAYED_SIGNALS  // the thread sanitizer holds signals back while Lua runs
  context->step = ANNALS_STEP;
#endif
  if (limits.instructions != 0)
    context->step = limits.instructions < ANNALS_STEP ? (int)limits.instructions : ANNALS_STEP;
  annals_stand(context->running);
  if (annals_is_rung(context->bell)) annals_arm(context->running);
}

/// Why the run is to stop, for host functions that work long.
annals_kind annals_stopped(annals_context *context) {
  if (context->over != ANNALS_KIND_NONE) return context->over;
  return (annals_kind)atomic_load(&context->bell->reason);
}

/// To be called before Lua runs on behalf of Swift. Returns whether it may run.
bool annals_enter(annals_context *context) {
  if (context->depth == 0) {
    context->outer = annals_here;
    annals_here = context;
    annals_bell_enter(context->bell);
  }
  context->depth += 1;
  annals_notice(context->running);
  return context->over == ANNALS_KIND_NONE;
}

void annals_leave(annals_context *context) {
  context->depth -= 1;
  if (context->depth > 0) return;
  annals_bell_leave(context->bell);
  annals_here = context->outer;
  context->outer = NULL;
}

ANNALS_RAISING_END
