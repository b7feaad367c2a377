// Protected calls from Swift into Lua.

#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

static bool annals_fail(annals_context *context, annals_kind kind) {
  context->failure_kind = kind;
  context->failure_slot = 0;
  context->failure_is_text = false;
  context->name.count = context->message.count = context->fix.count = 0;
  return false;
}

/// Runs `body(arguments)` under protection, with the limits on.
/// Stack: +results on success. Raises: never; false leaves a failure to read.
bool annals_run(annals_context *context, lua_CFunction body, void *arguments, int results) {
  lua_State *L = context->running;
  int top = lua_gettop(L);
  size_t floor = context->value_floor;
  bool done = false;
  if (!annals_enter(context)) {
    annals_fail(context, context->over);
  } else if (!lua_checkstack(L, LUA_MINSTACK)) {
    annals_fail(context, ANNALS_KIND_DEPTH);
  } else {
    context->value_floor = context->value_count;
    lua_pushcfunction(L, annals_on_error);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, arguments);
    int status = lua_pcall(L, 1, results, top + 1);
    context->running = L;
    done = status == LUA_OK;
    if (!done) {
      annals_describe(context, status);
    } else if (!lua_checkstack(L, LUA_MINSTACK)) {
      done = annals_fail(context, ANNALS_KIND_DEPTH);
    }
    if (done)
      lua_remove(L, top + 1);
    else
      lua_settop(L, top);
  }
  context->value_floor = floor;
  annals_leave(context);
  return done;
}

typedef struct annals_source {
  const uint8_t *bytes;
  size_t count;
  const char *name;
  int status;
} annals_source;

static int annals_load_body(lua_State *L) {
  annals_source *source = lua_touserdata(L, 1);
  source->status =
      annals_load_bytes(L, (const char *)source->bytes, source->count, source->name);
  if (source->status != LUA_OK) return lua_error(L);
  return 1;
}

/// Compiles a text; precompiled chunks are refused.
/// Stack: +1 (the function) on success. Raises: never; false leaves a failure to read.
bool annals_load(annals_context *context, const uint8_t *bytes, size_t count, const char *name) {
  annals_source source = {bytes, count, name, LUA_OK};
  if (annals_run(context, annals_load_body, &source, 1)) return true;
  if (source.status == LUA_ERRSYNTAX && context->failure_kind == ANNALS_KIND_SCRIPT)
    context->failure_kind = ANNALS_KIND_SYNTAX;
  return false;
}

typedef struct annals_invocation {
  int slot;
  annals_mark mark;
} annals_invocation;

static int annals_call_body(lua_State *L) {
  annals_invocation *call = lua_touserdata(L, 1);
  lua_settop(L, 0);
  annals_show_on(L, call->slot);
  int count = annals_deliver_from(L, call->mark);
  lua_call(L, count, LUA_MULTRET);
  return lua_gettop(L);
}

/// Calls a kept function with the values above `arguments`.
/// Stack: +n results on success. Raises: never; false leaves a failure to read.
bool annals_call(annals_context *context, int slot, annals_mark arguments) {
  annals_invocation call = {slot, arguments};
  return annals_run(context, annals_call_body, &call, LUA_MULTRET);
}

static int annals_make_body(lua_State *L) {
  annals_mark *mark = lua_touserdata(L, 1);
  lua_settop(L, 0);
  annals_deliver_from(L, *mark);
  lua_settop(L, 1);
  return 1;
}

/// Makes the one value above `value`.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make(annals_context *context, annals_mark value) {
  return annals_run(context, annals_make_body, &value, 1);
}

static int annals_to_text_body(lua_State *L) {
  int slot = *(int *)lua_touserdata(L, 1);
  annals_show_on(L, slot);
  annals_to_string(L, -1);
  return 1;
}

/// Turns a kept value into text as `tostring` does.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_to_text(annals_context *context, int slot) {
  return annals_run(context, annals_to_text_body, &slot, 1);
}

/// Takes bytes from the budget of the output. False leaves a failure to read.
/// Stack: 0. Raises: never.
bool annals_charge_output(annals_context *context, size_t count) {
  if (count > context->output_left) annals_stop(context->running, ANNALS_KIND_OUTPUT);
  if (context->over != ANNALS_KIND_NONE) return annals_fail(context, context->over);
  context->output_left -= count;
  return true;
}

/// Hands bytes to the output, if the budget allows. False leaves a failure to read.
/// Stack: 0. Raises: never.
bool annals_write(annals_context *context, const uint8_t *bytes, size_t count) {
  if (!annals_charge_output(context, count)) return false;
  context->host.output(context->host.owner, bytes, count);
  return true;
}

ANNALS_RAISING_END
