// Calls from scripts into Swift.

#include <assert.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

const char annals_function_key = 0;
const char annals_object_key[2] = {0, 0};

/// Makes the error table of a Swift error from its four texts.
/// Stack: +1. Raises: memory, and then the error.
static int annals_raise_fields(lua_State *L, annals_mark mark) {
  static const char *const names[] = {"kind", "message", "at", "fix"};
  annals_context *context = annals_of(L);
  lua_createtable(L, 0, 4);
  int table = lua_gettop(L);
  annals_deliver_from(L, mark);
  lua_settop(L, table + 4);
  if (lua_isnil(L, table + 3)) {
    annals_write_call(L, &context->place);
    if (context->place.count > 0) {
      lua_pushlstring(L, context->place.bytes, context->place.count);
      lua_replace(L, table + 3);
    }
  }
  for (int i = 3; i >= 0; i--) lua_setfield(L, table, names[i]);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_error_key);
  lua_setmetatable(L, table);
  return lua_error(L);
}

/// Raises the very value that an earlier call raised, with the trace that it had then.
/// Stack: +1. Raises: the value.
static int annals_raise_value(lua_State *L, annals_mark mark) {
  annals_context *context = annals_of(L);
  int top = lua_gettop(L);
  annals_deliver_from(L, mark);
  lua_settop(L, top + 3);
  annals_note *notes[] = {&context->trace, &context->at};
  for (int i = 0; i < 2; i++) {
    size_t count = 0;
    const char *bytes = lua_tolstring(L, top + 2 + i, &count);
    annals_note_set(notes[i], bytes, count);
  }
  context->trace_state = ANNALS_TRACE_WHOLE;
  lua_settop(L, top + 1);
  return lua_error(L);
}

/// Ends a callback into Swift, when its frame is gone.
/// Stack: +n results. Raises: the error that Swift reported, or memory. Returns n.
int annals_finish(lua_State *L, annals_mark mark, int status) {
  annals_context *context = annals_of(L);
  switch (status) {
    case ANNALS_DONE: annals_weigh(L); return annals_deliver_from(L, mark);
    case ANNALS_RAISE_FIELDS: return annals_raise_fields(L, mark);
    case ANNALS_RAISE_VALUE: return annals_raise_value(L, mark);
    default: {
      annals_kind kind = (annals_kind)context->values[mark.values].integer;
      annals_set_mark(context, mark);
      annals_stop(L, kind);
      return annals_raise_stop(L);
    }
  }
}

/// Calls the host function in the box. Stack: +n results. Raises: as `annals_finish`. Returns n.
int annals_invoke(lua_State *L, annals_box *box) {
  annals_context *context = annals_of(L);
  if (box == NULL || box->object == NULL) return luaL_error(L, "the host function was released");
  annals_mark mark = annals_get_mark(context);
  int count = lua_gettop(L);
  int status = context->host.call(context, context->host.owner, box->object, count);
  assert(lua_gettop(L) == count && "a host function left values on the stack");
  return annals_finish(L, mark, status);
}

/// What scripts call when they call a host function. Upvalue 1: its box.
/// Why here: raises after Swift has returned. Stack: +n results. Raises: what Swift reported.
int annals_host_call(lua_State *L) {
  return annals_invoke(L, lua_touserdata(L, lua_upvalueindex(1)));
}

/// Notes where the script names the method on top of an object, to call it: see `annals_write_call`.
/// Stack: 0. Raises: never.
static void annals_know_named(lua_State *L) {
  annals_context *context = annals_of(L);
  lua_Debug frame;
  if (!lua_getstack(L, 1, &frame) || lua_getupvalue(L, -1, 1) == NULL) return;
  const annals_box *method = lua_touserdata(L, -1);
  lua_pop(L, 1);
  lua_getinfo(L, "l", &frame);
  // Calls nest, so those that are still to come stand below.
  while (context->named_count > 0 && context->named[context->named_count - 1].called)
    context->named_count -= 1;
  if (context->named_count == ANNALS_NAMED_METHODS) {
    context->named_count -= 1;
    memmove(context->named, context->named + 1, sizeof context->named - sizeof *context->named);
  }
  context->named[context->named_count++] =
      (annals_named){lua_touserdata(L, 1), method, frame.currentline, false};
}

/// `__index` of objects: a cell of a view where it lies, a method from the table, or the host's answer.
/// Upvalues: the methods, the box of the `index` handler.
/// Why here: cells and methods are found without Swift. Stack: +1. Raises: what Swift reported.
int annals_object_index(lua_State *L) {
  annals_column *column = NULL;
  int64_t row = 0;
  if (lua_type(L, 2) == LUA_TSTRING) {
    annals_view *view = annals_to_view(L, 1);
    if (view != NULL && view->cursor->row >= 0) {
      size_t count = 0;
      const char *name = lua_tolstring(L, 2, &count);
      row = view->cursor->row;
      column = annals_find_column(view->cursor->columns, name, count);
    }
    if (column != NULL && annals_push_cell(L, column, row, 1)) return 1;
    if (column == NULL) {
      lua_pushvalue(L, 2);
      if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) {
        annals_know_named(L);
        return 1;
      }
      lua_pop(L, 1);
    }
  }
  int count = annals_invoke(L, lua_touserdata(L, lua_upvalueindex(2)));
  if (column != NULL && count == 1) annals_remember(L, column, row, 1);
  return count;
}

ANNALS_RAISING_END
