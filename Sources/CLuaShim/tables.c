// Raw access to tables: no metamethod runs.

#include <limits.h>

#include "context.h"

ANNALS_RAISING_BEGIN

typedef struct annals_entries {
  int slot;
  annals_mark mark;
} annals_entries;

static int annals_room(size_t count) { return count > INT_MAX ? INT_MAX : (int)count; }

/// Goes value by value, since there may be more than the stack holds.
static int annals_make_list_body(lua_State *L) {
  annals_mark *mark = lua_touserdata(L, 1);
  annals_context *context = annals_of(L);
  size_t count = context->value_count - mark->values;
  lua_createtable(L, annals_room(count), 0);
  if (context->values_failed) annals_deliver_from(L, *mark);
  for (size_t i = 0; i < count; i++) {
    annals_deliver(L, &context->values[mark->values + i]);
    lua_rawseti(L, 2, (lua_Integer)i + 1);
  }
  return 1;
}

/// Makes a table of the values above `values`, numbered from 1.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_list(annals_context *context, annals_mark values) {
  return annals_run(context, annals_make_list_body, &values, 1);
}

static void annals_set_pairs(lua_State *L, int table, annals_mark mark) {
  annals_context *context = annals_of(L);
  if (context->values_failed) annals_deliver_from(L, mark);
  for (size_t i = mark.values; i + 1 < context->value_count; i += 2) {
    annals_deliver(L, &context->values[i]);
    annals_deliver(L, &context->values[i + 1]);
    lua_rawset(L, table);
  }
}

static int annals_make_map_body(lua_State *L) {
  annals_mark *mark = lua_touserdata(L, 1);
  lua_createtable(L, 0, annals_room((annals_of(L)->value_count - mark->values) / 2));
  annals_set_pairs(L, 2, *mark);
  return 1;
}

/// Makes a table of the keys and values that alternate above `pairs`.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_make_map(annals_context *context, annals_mark pairs) {
  return annals_run(context, annals_make_map_body, &pairs, 1);
}

static int annals_set_body(lua_State *L) {
  annals_entries *entries = lua_touserdata(L, 1);
  annals_show_on(L, entries->slot);
  luaL_checktype(L, 2, LUA_TTABLE);
  annals_set_pairs(L, 2, entries->mark);
  return 0;
}

/// Sets a field of a kept table: the key and the value stand above `pair`.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_set(annals_context *context, int slot, annals_mark pair) {
  annals_entries entries = {slot, pair};
  return annals_run(context, annals_set_body, &entries, 0);
}

typedef struct annals_elements {
  int slot;
  size_t first;
  annals_mark mark;
} annals_elements;

static int annals_fill_body(lua_State *L) {
  annals_elements *elements = lua_touserdata(L, 1);
  annals_context *context = annals_of(L);
  annals_show_on(L, elements->slot);
  luaL_checktype(L, 2, LUA_TTABLE);
  if (context->values_failed) annals_deliver_from(L, elements->mark);
  size_t count = context->value_count - elements->mark.values;
  for (size_t i = 0; i < count; i++) {
    annals_deliver(L, &context->values[elements->mark.values + i]);
    lua_rawseti(L, 2, (lua_Integer)(elements->first + i));
  }
  return 0;
}

/// Puts the values above `values` into a kept table, numbered from `first`.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_fill(annals_context *context, int slot, size_t first, annals_mark values) {
  annals_elements elements = {slot, first, values};
  return annals_run(context, annals_fill_body, &elements, 0);
}

static int annals_get_body(lua_State *L) {
  annals_entries *entries = lua_touserdata(L, 1);
  annals_show_on(L, entries->slot);
  luaL_checktype(L, 2, LUA_TTABLE);
  annals_deliver_from(L, entries->mark);
  lua_rawget(L, 2);
  return 1;
}

/// Reads a field of a kept table: the key stands above `key`.
/// Stack: +1 on success. Raises: never; false leaves a failure to read.
bool annals_get(annals_context *context, int slot, annals_mark key) {
  annals_entries entries = {slot, key};
  return annals_run(context, annals_get_body, &entries, 1);
}

static int annals_get_metatable_body(lua_State *L) {
  int slot = *(int *)lua_touserdata(L, 1);
  annals_show_on(L, slot);
  if (lua_getmetatable(L, -1) == 0) lua_pushnil(L);
  return 1;
}

/// Reads the metatable of a kept value, or nil.
/// Why here: showing a slot may raise. Stack: +1 on success. Raises: never; false leaves a failure to
/// read.
bool annals_get_metatable(annals_context *context, int slot) {
  return annals_run(context, annals_get_metatable_body, &slot, 1);
}

/// The raw length of a kept table or text; 0 of anything else.
/// Stack: 0. Raises: never.
size_t annals_length(annals_context *context, int slot) {
  if (!annals_show(context, slot)) return 0;
  size_t length = lua_rawlen(context->running, -1);
  lua_pop(context->running, 1);
  return length;
}

typedef struct annals_visit {
  int slot;
  size_t limit;
  void *owner;
  int (*take)(void *owner, size_t row, int base, int count);
} annals_visit;

static int annals_each_body(lua_State *L) {
  annals_visit *visit = lua_touserdata(L, 1);
  annals_context *context = annals_of(L);
  annals_show_on(L, visit->slot);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_pushnil(L);
  for (size_t row = 0; row < visit->limit && lua_next(L, 2); row++) {
    annals_mark mark = annals_get_mark(context);
    annals_finish(L, mark, visit->take(visit->owner, row, 2, 2));
    lua_settop(L, 3);
  }
  return 0;
}

/// Hands over the pairs of a kept table, at most `limit`: key and value stand above `base`.
/// Why here: `lua_next` may raise. Stack: 0. Raises: never; false leaves a failure to read.
bool annals_each(
    annals_context *context, int slot, size_t limit, void *owner,
    int (*take)(void *owner, size_t row, int base, int count)) {
  annals_visit visit = {slot, limit, owner, take};
  return annals_run(context, annals_each_body, &visit, 0);
}

static int annals_globals_body(lua_State *L) {
  lua_pushglobaltable(L);
  return 1;
}

/// Keeps the table of globals. Returns its slot, or 0 if memory is short.
int annals_globals(annals_context *context) {
  if (!annals_run(context, annals_globals_body, NULL, 1)) return 0;
  int slot = annals_keep(context, -1);
  lua_pop(context->running, 1);
  return slot;
}

ANNALS_RAISING_END
