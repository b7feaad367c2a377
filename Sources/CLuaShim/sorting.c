// `table.sort`. Sorting without a function runs no instruction of Lua's machine, so it counts its
// steps; and it chooses where to divide a list without a clock. The order of equal elements is that
// of Lua's own for lists that both divide alike.

#include <limits.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_LARGE = 100,        // elements from which on the middle may be a bad place to divide
  ANNALS_IMBALANCE = 128,    // how many times smaller a bad part is
  ANNALS_PLACE = 0x5bd1e995,  // stands for a random number
};

/// The size of a list; its positions are from 1 on.
typedef unsigned int annals_size;

/// A list that is being sorted: the one at 1, by the function at 2 if there is one.
typedef struct annals_sorting {
  lua_State *L;
  annals_context *context;
  bool has_function;
} annals_sorting;

/// Puts the element at `index` on the stack. Each comparison is of an element that was read for it, so
/// its steps are counted here.
/// Stack: +1. Raises: what reading raises, the stop value.
static inline void annals_take(annals_sorting *sorting, annals_size index) {
  lua_State *L = sorting->L;
  int64_t steps = 1;
  if (lua_geti(L, 1, index) == LUA_TSTRING && !sorting->has_function)
    steps += (int64_t)(lua_rawlen(L, -1) / 16);
  annals_spend(L, sorting->context, steps);
}

/// Whether the value at `a` comes before that at `b`; both indices count from the top.
/// Stack: 0. Raises: what the function or comparison raises.
static bool annals_is_before(annals_sorting *sorting, int a, int b) {
  lua_State *L = sorting->L;
  if (!sorting->has_function) return lua_compare(L, a, b, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a - 1);
  lua_pushvalue(L, b - 2);
  lua_call(L, 2, 1);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

/// Sets the elements at `i` and `j` to the two values on top, the uppermost to `i`.
static void annals_set_both(lua_State *L, annals_size i, annals_size j) {
  lua_seti(L, 1, i);
  lua_seti(L, 1, j);
}

/// Swaps the elements at `low` and `high` if they are in the wrong order.
static void annals_put_in_order(annals_sorting *sorting, annals_size low, annals_size high) {
  lua_State *L = sorting->L;
  annals_take(sorting, low);
  annals_take(sorting, high);
  if (annals_is_before(sorting, -1, -2))
    annals_set_both(L, low, high);
  else
    lua_pop(L, 2);
}

/// Moves what comes before the pivot to the left and what comes after it to the right. The pivot is
/// on top, and stands at `high - 1`. Returns its place in the end.
/// Stack: -1. Raises: functions that contradict themselves.
static annals_size annals_divide(annals_sorting *sorting, annals_size low, annals_size high) {
  lua_State *L = sorting->L;
  annals_size i = low, j = high - 1;
  for (;;) {
    while (annals_take(sorting, ++i), annals_is_before(sorting, -1, -2)) {
      if (i == high - 1) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, 1);
    }
    while (annals_take(sorting, --j), annals_is_before(sorting, -3, -1)) {
      if (j < i) luaL_error(L, "invalid order function for sorting");
      lua_pop(L, 1);
    }
    if (j < i) {
      lua_pop(L, 1);
      annals_set_both(L, high - 1, i);
      return i;
    }
    annals_set_both(L, i, j);
  }
}

/// Where to divide: in the middle, unless that has gone badly.
static annals_size annals_choose(annals_size low, annals_size high, bool was_bad) {
  if (high - low < ANNALS_LARGE || !was_bad) return low + (high - low) / 2;
  annals_size quarter = (high - low) / 4;
  return ANNALS_PLACE % (quarter * 2) + (low + quarter);
}

/// Puts the median of three elements at `high - 1`, and in order the other two at the ends.
/// Stack: +1 (the median). Raises: as comparing.
static void annals_place_median(
    annals_sorting *sorting, annals_size low, annals_size middle, annals_size high) {
  lua_State *L = sorting->L;
  annals_take(sorting, middle);
  annals_take(sorting, low);
  if (annals_is_before(sorting, -2, -1)) {
    annals_set_both(L, middle, low);
  } else {
    lua_pop(L, 1);
    annals_take(sorting, high);
    if (annals_is_before(sorting, -1, -2))
      annals_set_both(L, middle, high);
    else
      lua_pop(L, 2);
  }
  if (high - low == 2) return;
  lua_geti(L, 1, middle);
  lua_pushvalue(L, -1);
  lua_geti(L, 1, high - 1);
  annals_set_both(L, middle, high - 1);
}

static void annals_sort_range(
    annals_sorting *sorting, annals_size low, annals_size high, bool was_bad) {
  luaL_checkstack(sorting->L, 16, NULL);
  while (low < high) {
    annals_put_in_order(sorting, low, high);
    if (high - low == 1) return;
    annals_place_median(sorting, low, annals_choose(low, high, was_bad), high);
    if (high - low == 2) return;
    annals_size middle = annals_divide(sorting, low, high);
    annals_size smaller;
    // The smaller part first, by a call, so that calls nest no deeper than the logarithm.
    if (middle - low < high - middle) {
      annals_sort_range(sorting, low, middle - 1, was_bad);
      smaller = middle - low;
      low = middle + 1;
    } else {
      annals_sort_range(sorting, middle + 1, high, was_bad);
      smaller = high - middle;
      high = middle - 1;
    }
    was_bad = was_bad || (low < high && (high - low) / ANNALS_IMBALANCE > smaller);
  }
}

/// `table.sort(list, before)`.
/// Why here: as said. Stack: 0. Raises: what comparing raises, the stop value.
int annals_sort(lua_State *L) {
  lua_Integer count = annals_list_length(L, ANNALS_READS | ANNALS_WRITES);
  if (count < 2) return 0;
  luaL_argcheck(L, count < INT_MAX, 1, "array too big");
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  annals_sorting sorting = {L, annals_of(L), !lua_isnil(L, 2)};
  annals_sort_range(&sorting, 1, (annals_size)count, false);
  return 0;
}

ANNALS_RAISING_END
