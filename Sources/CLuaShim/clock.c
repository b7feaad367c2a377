// The parts of `os` that tell the time, from the run's clock and in UTC, so that neither the moment
// nor the place of a run shows in its results.

#define _DEFAULT_SOURCE 1
#include <time.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum { ANNALS_DATE_BYTES = 1 << 16 };

static int64_t annals_elapsed(annals_context *context) {
  return context->limits.clock_runs ? annals_now() - context->begun : 0;
}

static lua_Integer annals_script_time(annals_context *context) {
  return context->limits.clock_start + annals_elapsed(context) / 1000000000;
}

/// `os.clock()`. Stack: +1. Raises: never.
static int annals_os_clock(lua_State *L) {
  lua_pushnumber(L, (lua_Number)annals_elapsed(annals_of(L)) * 1e-9);
  return 1;
}

/// `os.date(format, time)`: Lua's own, told to use UTC. Upvalue 1: Lua's own.
/// Stack: +1. Raises: wrong formats.
static int annals_os_date(lua_State *L) {
  const char *format = luaL_optstring(L, 1, "%Y-%m-%d %H:%M:%S");
  luaL_argcheck(
      L, lua_isnone(L, 1) || lua_rawlen(L, 1) <= ANNALS_DATE_BYTES, 1,
      "format longer than 65536 bytes");
  if (*format == '!') format += 1;
  lua_Integer time =
      lua_isnoneornil(L, 2) ? annals_script_time(annals_of(L)) : luaL_checkinteger(L, 2);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushfstring(L, "!%s", format);
  lua_pushinteger(L, time);
  lua_call(L, 2, 1);
  return 1;
}

/// Reads a field of the table that `os.time` is given. Stack: 0. Raises: missing or wrong fields.
static int annals_date_field(lua_State *L, const char *name, int missing, int offset) {
  int fits = 0;
  int type = lua_getfield(L, 1, name);
  lua_Integer value = lua_tointegerx(L, -1, &fits);
  lua_pop(L, 1);
  if (type == LUA_TNIL && missing >= 0) return missing;
  if (type == LUA_TNIL) return luaL_error(L, "field '%s' missing in date table", name);
  if (!fits) return luaL_error(L, "field '%s' is not an integer", name);
  if (value < -1000000000 || value > 1000000000)
    return luaL_error(L, "field '%s' is out-of-bound", name);
  return (int)value - offset;
}

static void annals_set_date_field(lua_State *L, const char *name, int value) {
  lua_pushinteger(L, value);
  lua_setfield(L, 1, name);
}

/// `os.time(table)`: the table is a date in UTC, and is put in order.
/// Stack: +1. Raises: missing or wrong fields.
static int annals_os_time(lua_State *L) {
  if (lua_isnoneornil(L, 1)) {
    lua_pushinteger(L, annals_script_time(annals_of(L)));
    return 1;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  struct tm date = {0};
  date.tm_year = annals_date_field(L, "year", -1, 1900);
  date.tm_mon = annals_date_field(L, "month", -1, 1);
  date.tm_mday = annals_date_field(L, "day", -1, 0);
  date.tm_hour = annals_date_field(L, "hour", 12, 0);
  date.tm_min = annals_date_field(L, "min", 0, 0);
  date.tm_sec = annals_date_field(L, "sec", 0, 0);
  time_t seconds = timegm(&date);
  annals_set_date_field(L, "year", date.tm_year + 1900);
  annals_set_date_field(L, "month", date.tm_mon + 1);
  annals_set_date_field(L, "day", date.tm_mday);
  annals_set_date_field(L, "hour", date.tm_hour);
  annals_set_date_field(L, "min", date.tm_min);
  annals_set_date_field(L, "sec", date.tm_sec);
  annals_set_date_field(L, "yday", date.tm_yday + 1);
  annals_set_date_field(L, "wday", date.tm_wday + 1);
  lua_pushboolean(L, false);
  lua_setfield(L, 1, "isdst");
  lua_pushinteger(L, (lua_Integer)seconds);
  return 1;
}

/// Opens what there is of `os`. Stack: 0. Raises: memory.
void annals_open_clock(lua_State *L) {
  static const char *const names[] = {"date", "difftime", NULL};
  static const luaL_Reg functions[] = {
      {"clock", annals_os_clock}, {"time", annals_os_time}, {NULL, NULL}};
  lua_pushcfunction(L, luaopen_os);
  lua_call(L, 0, 1);
  annals_keep_only(L, names);
  luaL_setfuncs(L, functions, 0);
  lua_getfield(L, -1, "date");
  lua_pushcclosure(L, annals_os_date, 1);
  lua_setfield(L, -2, "date");
  lua_setglobal(L, "os");
}

ANNALS_RAISING_END
