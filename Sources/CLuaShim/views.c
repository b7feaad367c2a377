// Views of rows: userdata that moves over columns, and the loops that move it.

#include "context.h"

ANNALS_RAISING_BEGIN

const char annals_view_key = 0;

/// The view at `index`, or null if what stands there is none, or was released.
/// Stack: 0. Raises: never.
annals_view *annals_to_view(lua_State *L, int index) {
  annals_view *view = lua_touserdata(L, index);
  if (view == NULL || lua_rawlen(L, index) != sizeof *view) return NULL;
  return view->mark == &annals_view_key && view->box.object != NULL ? view : NULL;
}

typedef struct annals_viewing {
  void *object;
  int type_slot;
  size_t outside;
  annals_cursor *cursor;
  int anchors;
} annals_viewing;

/// Why here: it allocates. The object is handed over last, when nothing can raise any more.
/// Stack: +1. Raises: memory.
static int annals_make_view_body(lua_State *L) {
  annals_viewing *viewing = lua_touserdata(L, 1);
  annals_make_place(L);
  annals_view *view = lua_newuserdatauv(L, sizeof *view, 1);
  *view = (annals_view){.mark = &annals_view_key, .cursor = viewing->cursor};
  annals_show_on(L, viewing->anchors);
  lua_setiuservalue(L, -2, 1);
  annals_show_on(L, viewing->type_slot);
  lua_setmetatable(L, -2);
  annals_fill_box(annals_of(L), &view->box, viewing->object, viewing->outside);
  return 1;
}

/// Makes userdata for `object`, which it owns if this succeeds, and which keeps `cursor`. `outside` is
/// how many bytes it holds outside Lua's heap, roughly.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_view(
    annals_context *context, void *object, int type_slot, size_t outside, annals_cursor *cursor,
    int anchors) {
  annals_viewing viewing = {object, type_slot, outside, cursor, anchors};
  return annals_run(context, annals_make_view_body, &viewing, 1);
}

// MARK: Loops of scripts

/// Moves the view in upvalue 1 to its next row. False past the last one, where it stands nowhere.
static bool annals_step(lua_State *L, annals_view **found) {
  annals_view *view = annals_to_view(L, lua_upvalueindex(1));
  if (view == NULL) luaL_error(L, "the rows were released");
  *found = view;
  annals_cursor *cursor = view->cursor;
  bool has_row = cursor->next < cursor->columns->row_count;
  cursor->row = has_row ? cursor->next++ : -1;
  return has_row;
}

/// A step of `for row in t:rows()`. Stack: +1. Raises: never.
static int annals_next_row(lua_State *L) {
  annals_view *view;
  if (annals_step(L, &view))
    lua_pushvalue(L, lua_upvalueindex(1));
  else
    lua_pushnil(L);
  return 1;
}

/// A step of `for i, a, b in t:values(…)`: the row's number, and its cell of each column. Upvalue 2:
/// what gives the cell of a row's number and a column's.
/// Stack: +n. Raises: memory, and what the host reports. Returns n.
static int annals_next_values(lua_State *L) {
  annals_view *view;
  lua_settop(L, 0);
  if (!annals_step(L, &view)) {
    lua_pushnil(L);
    return 1;
  }
  const annals_columns *columns = view->cursor->columns;
  int64_t row = view->cursor->row;
  luaL_checkstack(L, columns->count + 8, "too many values");
  lua_pushinteger(L, row + 1);
  for (int i = 0; i < columns->count; i++) {
    annals_column *column = columns->columns[i];
    if (annals_push_cell(L, column, row, lua_upvalueindex(1))) continue;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushinteger(L, row + 1);
    lua_pushinteger(L, i + 1);
    lua_call(L, 2, 1);
    annals_remember(L, column, row, lua_upvalueindex(1));
  }
  return lua_gettop(L);
}

static int annals_make_rows_body(lua_State *L) {
  annals_show_on(L, *(int *)lua_touserdata(L, 1));
  lua_pushcclosure(L, annals_next_row, 1);
  return 1;
}

/// Makes the iterator that moves a kept view from row to row.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_rows(annals_context *context, int view) {
  return annals_run(context, annals_make_rows_body, &view, 1);
}

static int annals_make_values_body(lua_State *L) {
  const int *slots = lua_touserdata(L, 1);
  annals_show_on(L, slots[0]);
  annals_show_on(L, slots[1]);
  lua_pushcclosure(L, annals_next_values, 2);
  return 1;
}

/// Makes the iterator over the cells of a kept view; `cell` is asked for what does not lie at hand.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_values(annals_context *context, int view, int cell) {
  int slots[] = {view, cell};
  return annals_run(context, annals_make_values_body, slots, 1);
}

// MARK: Calls for each row

typedef struct annals_pass {
  int function, view;
  annals_cursor *cursor;
  size_t count;
  uint64_t *bits;
  void *owner;
  int (*take)(void *owner, size_t row, int base, int count);
} annals_pass;

/// Calls the function with the view at each row. Results become bits, or are taken by the host.
/// Stack: 0. Raises: what the function raises, and what the host reports.
static int annals_pass_body(lua_State *L) {
  annals_pass *pass = lua_touserdata(L, 1);
  annals_context *context = annals_of(L);
  lua_settop(L, 0);
  annals_show_on(L, pass->function);
  annals_show_on(L, pass->view);
  for (size_t row = 0; row < pass->count; row++) {
    annals_spend(L, context, 8);  // the function may be one in C, which no hook interrupts
    pass->cursor->row = (int64_t)row;
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 1, 1);
    if (pass->bits != NULL) {
      pass->bits[row >> 6] |= (uint64_t)lua_toboolean(L, 3) << (row & 63);
    } else {
      annals_mark mark = annals_get_mark(context);
      luaL_checkstack(L, LUA_MINSTACK, NULL);
      annals_finish(L, mark, pass->take(pass->owner, row, 2, 1));
    }
    lua_settop(L, 2);
  }
  return 0;
}

static bool annals_go(annals_context *context, annals_pass *pass) {
  bool done = annals_run(context, annals_pass_body, pass, 0);
  pass->cursor->row = -1;
  return done;
}

/// Calls a kept function with a kept view at each of its first `count` rows, and sets the bits of
/// those for which it gives neither nil nor false.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_filter(
    annals_context *context, int function, int view, annals_cursor *cursor, size_t count,
    uint64_t *bits) {
  annals_pass pass = {function, view, cursor, count, bits, NULL, NULL};
  return annals_go(context, &pass);
}

/// As `annals_filter`, but `take` reads each result.
bool annals_map(
    annals_context *context, int function, int view, annals_cursor *cursor, size_t count,
    void *owner, int (*take)(void *owner, size_t row, int base, int count)) {
  annals_pass pass = {function, view, cursor, count, NULL, owner, take};
  return annals_go(context, &pass);
}

ANNALS_RAISING_END
