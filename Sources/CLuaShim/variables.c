// The variables of a script for somebody who looks at it: those of the function that failed, or of the
// script at its end. Scripts have no part in it: they can't reach what is kept here.

#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Keys of the registry: the script whose end is waited for, what is known of the variables, and the
/// environment that shows them.
///
/// What is known: for each name its position, at the positive ones the values of locals, and at 0 the
/// function whose upvalues the negative ones count.
static const char annals_script_key = 0;
static const char annals_known_key = 0;
static const char annals_scope_key = 0;

/// Stack: +1 if there is such a variable. Raises: never. The table of what is known stands at `known`.
static bool annals_push_variable(lua_State *L, int known, const char *name) {
  lua_getfield(L, known, name);
  lua_Integer position = lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (position == 0) return false;
  if (position > 0) {
    lua_rawgeti(L, known, position);
    return true;
  }
  lua_rawgeti(L, known, 0);
  if (lua_getupvalue(L, -1, (int)-position) == NULL) lua_pushnil(L);
  lua_remove(L, -2);
  return true;
}

/// `__index` of the scope. Upvalues: what is known, the function's globals, all globals.
/// Why here: upvalues are out of Lua's reach. Stack: +1. Raises: as the globals do.
static int annals_scope_index(lua_State *L) {
  if (lua_type(L, 2) == LUA_TSTRING &&
      annals_push_variable(L, lua_upvalueindex(1), lua_tostring(L, 2)))
    return 1;
  lua_pushvalue(L, 2);
  if (lua_gettable(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(3));
  return 1;
}

/// `__newindex` of the scope. Upvalues: what is known, the function's globals.
/// Why here: upvalues are out of Lua's reach. Stack: 0. Raises: as the globals do.
static int annals_scope_assign(lua_State *L) {
  int known = lua_upvalueindex(1);
  lua_Integer position = 0;
  if (lua_type(L, 2) == LUA_TSTRING) {
    lua_pushvalue(L, 2);
    lua_rawget(L, known);
    position = lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  if (position > 0) {
    lua_rawseti(L, known, position);
  } else if (position < 0) {
    lua_rawgeti(L, known, 0);
    lua_insert(L, -2);
    if (lua_setupvalue(L, -2, (int)-position) == NULL) lua_pop(L, 1);
  } else {
    lua_settable(L, lua_upvalueindex(2));
  }
  return 0;
}

/// Whether a name is one that somebody wrote, and that stands for nothing in the console itself.
static bool annals_is_variable(const char *name) {
  static const char *const others[] = {"", "?", "_", "_ENV", ANNALS_END_NAME, NULL};
  for (int i = 0; others[i] != NULL; i++)
    if (strcmp(name, others[i]) == 0) return false;
  return name[0] != '(';
}

typedef struct annals_frame {
  lua_State *thread;
  lua_Debug *call;
} annals_frame;

/// Moves a value from the top of another coroutine. Stack: +1. Raises: never.
static void annals_move(lua_State *L, lua_State *from) {
  if (from != L) lua_xmove(from, L, 1);
}

/// Stack: ?. Raises: as the row does.
static int annals_copy_row_body(lua_State *L) {
  lua_getfield(L, 1, "copy");
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

/// Puts a copy in the place of a row on top whose loop is about to end. Stack: 0. Raises: never.
static void annals_detach_row(lua_State *L) {
  if (annals_to_view(L, -1) == NULL || !lua_checkstack(L, LUA_MINSTACK)) return;
  lua_pushvalue(L, -1);
  lua_pushcfunction(L, annals_copy_row_body);
  lua_insert(L, -2);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK)
    lua_replace(L, -2);
  else
    lua_pop(L, 1);
}

/// Writes down the locals of a call in the table at `known`; one may take the place of the globals there.
/// Stack: 0. Raises: memory.
static void annals_know_locals(lua_State *L, int known, int globals, annals_frame *frame) {
  const char *name;
  lua_Integer count = 0;
  for (int i = 1; (name = lua_getlocal(frame->thread, frame->call, i)) != NULL; i++) {
    annals_move(L, frame->thread);
    if (strcmp(name, "_ENV") == 0 && lua_istable(L, -1)) {
      lua_replace(L, globals);
      continue;
    }
    if (!annals_is_variable(name)) {
      lua_pop(L, 1);
      continue;
    }
    annals_detach_row(L);
    lua_rawseti(L, known, ++count);
    lua_pushinteger(L, count);
    lua_setfield(L, known, name);
  }
}

/// Writes down the upvalues of the function on top, which becomes known as well, and pushes its globals.
/// Stack: -1, +1. Raises: memory.
static void annals_know_upvalues(lua_State *L, int known) {
  const char *name;
  int function = lua_gettop(L);
  lua_pushglobaltable(L);
  for (int i = 1; (name = lua_getupvalue(L, function, i)) != NULL; i++) {
    if (strcmp(name, "_ENV") == 0 && lua_istable(L, -1)) {
      lua_replace(L, function + 1);
      continue;
    }
    lua_pop(L, 1);
    if (!annals_is_variable(name)) continue;
    lua_pushinteger(L, -i);
    lua_setfield(L, known, name);
  }
  lua_pushvalue(L, function);
  lua_rawseti(L, known, 0);
  lua_remove(L, function);
}

/// Keeps the variables of a call, and makes the scope that shows them. Stack: ?. Raises: memory.
static int annals_know_body(lua_State *L) {
  annals_frame *frame = lua_touserdata(L, 1);
  luaL_checkstack(frame->thread, 2, NULL);
  lua_newtable(L);
  int known = lua_gettop(L);
  lua_getinfo(frame->thread, "f", frame->call);
  annals_move(L, frame->thread);
  annals_know_upvalues(L, known);
  int globals = lua_gettop(L);
  annals_know_locals(L, known, globals, frame);
  lua_newtable(L);
  lua_createtable(L, 0, 2);
  lua_pushvalue(L, known);
  lua_pushvalue(L, globals);
  lua_pushglobaltable(L);
  lua_pushcclosure(L, annals_scope_index, 3);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, known);
  lua_pushvalue(L, globals);
  lua_pushcclosure(L, annals_scope_assign, 2);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_scope_key);
  lua_pushvalue(L, known);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_known_key);
  return 0;
}

/// Keeps the variables of the first Lua function at or above `level` of a coroutine that has failed, if
/// somebody wants to see them. What fails here is let be: the error at hand is of more use.
/// Stack: 0. Raises: never.
void annals_know_failed(lua_State *L, lua_State *thread, int level) {
  if (!annals_of(L)->knows_variables || !lua_checkstack(L, LUA_MINSTACK)) return;
  lua_Debug call;
  for (; lua_getstack(thread, level, &call); level++) {
    lua_getinfo(thread, "Sl", &call);
    if (call.currentline <= 0 || strcmp(call.what, "C") == 0) continue;
    annals_frame frame = {thread, &call};
    lua_pushcfunction(L, annals_know_body);
    lua_pushlightuserdata(L, &frame);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) lua_pop(L, 1);
    return;
  }
}

/// Keeps the variables of a call that returns, if it is the script's.
/// Stack: 0. Raises: memory.
void annals_know_returning(lua_State *L, lua_Debug *call) {
  if (!annals_of(L)->knows_variables) return;
  lua_getinfo(L, "f", call);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_script_key);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  if (!same) return;
  annals_frame frame = {L, call};
  lua_pushcfunction(L, annals_know_body);
  lua_pushlightuserdata(L, &frame);
  lua_call(L, 1, 0);
}

static int annals_watch_script_body(lua_State *L) {
  annals_show_on(L, *(int *)lua_touserdata(L, 1));
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_script_key);
  const void *keys[] = {&annals_known_key, &annals_scope_key};
  for (int i = 0; i < 2; i++) {
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, keys[i]);
  }
  return 0;
}

/// From now on the variables are kept of what fails, and of this function, a script's, at its end.
/// Those that were kept before are let go.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_watch_script(annals_context *context, int function) {
  if (!annals_run(context, annals_watch_script_body, &function, 0)) return false;
  context->knows_variables = true;
  annals_stand(context->running);
  return true;
}

/// The end of what `annals_watch_script` began. What was kept stays.
void annals_unwatch_script(annals_context *context) {
  context->knows_variables = false;
  annals_stand(context->running);
}

static int annals_known_body(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_known_key);
  return 1;
}

/// Pushes a table with the names of the variables as keys and their positions as values, or nil.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_known_variables(annals_context *context) {
  return annals_run(context, annals_known_body, NULL, 1);
}

static int annals_variable_body(lua_State *L) {
  const char *name = lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_known_key);
  if (!lua_istable(L, 2) || !annals_push_variable(L, 2, name)) lua_pushnil(L);
  return 1;
}

/// Pushes the value of a variable, or nil.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_variable(annals_context *context, const char *name) {
  return annals_run(context, annals_variable_body, (void *)name, 1);
}

static int annals_show_variables_body(lua_State *L) {
  annals_show_on(L, *(int *)lua_touserdata(L, 1));
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_scope_key);
  if (lua_istable(L, -1)) lua_setupvalue(L, 2, 1);
  return 0;
}

/// Lets a block that was just compiled see the variables as its globals, if there are any.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_show_variables(annals_context *context, int function) {
  return annals_run(context, annals_show_variables_body, &function, 0);
}

ANNALS_RAISING_END
