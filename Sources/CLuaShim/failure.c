// Errors on their way to Swift: where they happened, what they say, and which value they were.
// Places and traces are written into buffers of our own, so that they cost no Lua memory.

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

const char annals_error_key = 0;

enum { ANNALS_TRACE_LINES = 20 };

/// Sets a note, cut at its capacity between two characters of UTF-8.
void annals_note_set(annals_note *note, const char *bytes, size_t count) {
  if (count > note->capacity) {
    count = note->capacity;
    while (count > 0 && ((unsigned char)bytes[count] & 0xC0) == 0x80) count -= 1;
  }
  if (count > 0) memcpy(note->bytes, bytes, count);
  note->count = count;
}

static void annals_note_add(annals_note *note, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  size_t left = note->capacity - note->count;
  int written = vsnprintf(note->bytes + note->count, left, format, arguments);
  va_end(arguments);
  if (written > 0 && left > 0)
    note->count += (size_t)written < left ? (size_t)written : left - 1;
}

static bool annals_is_script(const lua_Debug *frame) {
  return frame->currentline > 0 && strcmp(frame->what, "C") != 0;
}

/// Writes `chunk:line`. Every verb of a table asks for its place, and formatting takes long.
static void annals_note_place(annals_note *note, const char *chunk, int line) {
  char digits[12];
  size_t first = sizeof digits;
  for (unsigned left = (unsigned)line; left > 0 || first == sizeof digits; left /= 10)
    digits[--first] = (char)('0' + left % 10);
  digits[--first] = ':';
  annals_note_set(note, chunk, strlen(chunk));
  size_t count = sizeof digits - first;
  if (count > note->capacity - note->count) return;
  memcpy(note->bytes + note->count, digits + first, count);
  note->count += count;
}

/// Finds the first Lua function at or above `level`, and what it is about. Stack: 0. Raises: never.
static bool annals_find_script(lua_State *L, int level, lua_Debug *frame) {
  for (; lua_getstack(L, level, frame); level++) {
    lua_getinfo(L, "Sl", frame);
    if (annals_is_script(frame)) return true;
  }
  return false;
}

/// Writes `chunk:line` of the first Lua function at or above `level`; nothing if there is none.
/// Stack: 0. Raises: never.
void annals_write_place(lua_State *L, int level, annals_note *note) {
  lua_Debug frame;
  note->count = 0;
  if (annals_find_script(L, level, &frame))
    annals_note_place(note, frame.short_src, frame.currentline);
}

/// The line on which the script named the method that runs. To Lua a call stands where the expression
/// begins that is called: for a chain of verbs over several lines that is the first of them.
/// Stack: 0. Raises: never.
static int annals_line_named(lua_State *L, const lua_Debug *caller) {
  annals_context *context = annals_of(L);
  const void *object = lua_touserdata(L, 1);
  const annals_box *method = lua_touserdata(L, lua_upvalueindex(1));
  int last = caller->lastlinedefined;  // -1 of a script
  for (int i = context->named_count - 1; i >= 0 && object != NULL; i--) {
    annals_named *named = &context->named[i];
    if (named->object != object || named->method != method) continue;
    // One that was named on another occasion, and called from a variable now.
    if (named->line < caller->currentline || (last > 0 && named->line > last)) break;
    named->called = true;
    context->named_count = i + 1;
    return named->line;
  }
  return caller->currentline;
}

/// Writes where the script called the host function that runs; nothing if no script did.
/// Stack: 0. Raises: never.
void annals_write_call(lua_State *L, annals_note *note) {
  lua_Debug frame;
  note->count = 0;
  if (!annals_find_script(L, 1, &frame)) return;
  annals_note_place(note, frame.short_src, annals_line_named(L, &frame));
}

/// Adds the calls that are open, innermost first.
/// Stack: 0. Raises: never.
void annals_write_trace(lua_State *L, int level) {
  annals_note *note = &annals_of(L)->trace;
  lua_Debug frame;
  int lines = 0;
  for (; lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "Sln", &frame);
    bool script = annals_is_script(&frame);
    if (!script && frame.name == NULL) continue;
    if (++lines > ANNALS_TRACE_LINES) {
      annals_note_add(note, "%s…", note->count > 0 ? "\n" : "");
      return;
    }
    if (note->count > 0) annals_note_add(note, "\n");
    if (script)
      annals_note_add(note, "%s:%d", frame.short_src, frame.currentline);
    else
      annals_note_add(note, "[host]");
    if (frame.name != NULL)
      annals_note_add(note, " in `%s`", frame.name);
    else if (strcmp(frame.what, "main") != 0)
      annals_note_add(note, " in a function of line %d", frame.linedefined);
  }
}

/// The message handler of every protected call from Swift. It leaves the value as it is.
/// Why here: runs between the raise and the unwinding. Stack: 0. Raises: never.
int annals_on_error(lua_State *L) {
  annals_context *context = annals_of(L);
  annals_notice(L);
  if (context->over != ANNALS_KIND_NONE) return 1;
  if (context->trace_state == ANNALS_TRACE_NONE) {
    annals_write_place(L, 1, &context->at);
    context->trace.count = 0;
    annals_know_failed(L, L, 1);
  }
  if (context->trace_state != ANNALS_TRACE_WHOLE) annals_write_trace(L, 1);
  context->trace_state = ANNALS_TRACE_WHOLE;
  return 1;
}

/// Copies the text field of an error table. Stack: 0. Raises: memory.
static void annals_note_field(lua_State *L, const char *name, annals_note *note) {
  lua_pushstring(L, name);
  lua_rawget(L, 1);
  if (lua_type(L, -1) == LUA_TSTRING) {
    size_t count = 0;
    const char *bytes = lua_tolstring(L, -1, &count);
    annals_note_set(note, bytes, count);
  }
  lua_pop(L, 1);
}

static bool annals_is_error_table(lua_State *L) {
  if (!lua_istable(L, 1) || !lua_getmetatable(L, 1)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &annals_error_key);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same;
}

/// Writes down the error value at 1. Stack: ?. Raises: memory, and what `__tostring` raises.
static int annals_describe_body(lua_State *L) {
  annals_context *context = annals_of(L);
  if (annals_is_error_table(L)) {
    context->failure_kind = ANNALS_KIND_HOST;
    context->at.count = 0;
    annals_note_field(L, "kind", &context->name);
    annals_note_field(L, "message", &context->message);
    annals_note_field(L, "at", &context->at);
    annals_note_field(L, "fix", &context->fix);
    return 0;
  }
  context->failure_is_text = lua_type(L, 1) == LUA_TSTRING;
  if (lua_isnil(L, 1)) {
    annals_note_add(&context->message, "the error has no message: it is nil");
    return 0;
  }
  if (lua_istable(L, 1) && !luaL_getmetafield(L, 1, "__tostring")) {
    annals_note_field(L, "message", &context->message);
    annals_note_field(L, "fix", &context->fix);
    if (context->message.count == 0)
      annals_note_add(&context->message, "the error has no message: it is a table");
    return 0;
  }
  size_t count = 0;
  annals_to_string(L, 1);
  const char *bytes = lua_tolstring(L, -1, &count);
  annals_note_set(&context->message, bytes, count);
  return 0;
}

/// Whether a text says that Lua's or C's stack is full. Lua gives such errors no status.
static bool annals_is_overflow(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TSTRING) return false;
  const char *text = lua_tostring(L, index);
  return strstr(text, "stack overflow") != NULL || strstr(text, "error in error handling") != NULL;
}

static int annals_keep_error(lua_State *L) {
  lua_pushinteger(L, annals_keep_top(L));
  return 1;
}

/// Sets the failure of a run that is over. Its place and trace were written when it ended.
static void annals_describe_stop(annals_context *context) {
  context->failure_kind = context->over;
  context->message.count = 0;
}

/// Writes down the error on top for Swift to read. The limits still hold while `__tostring` runs.
/// Stack: 0. Raises: never.
void annals_describe(annals_context *context, int status) {
  lua_State *L = context->running;
  int value = lua_gettop(L);
  context->trace_state = ANNALS_TRACE_NONE;
  context->failure_slot = 0;
  context->failure_is_text = false;
  context->name.count = context->message.count = context->fix.count = 0;
  annals_check_memory(L, status);
  if (context->over != ANNALS_KIND_NONE) return annals_describe_stop(context);

  context->failure_kind = ANNALS_KIND_SCRIPT;
  if (status == LUA_ERRSYNTAX) context->failure_kind = ANNALS_KIND_SYNTAX;
  if (status == LUA_ERRERR || annals_is_overflow(L, value))
    context->failure_kind = ANNALS_KIND_DEPTH;
  lua_pushcfunction(L, annals_keep_error);
  lua_pushvalue(L, value);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK) context->failure_slot = (int)lua_tointeger(L, -1);
  lua_settop(L, value);
  lua_pushcfunction(L, annals_describe_body);
  lua_pushvalue(L, value);
  int described = lua_pcall(L, 1, 0, 0);
  if (described != LUA_OK) {
    annals_check_memory(L, described);
    context->message.count = 0;
    annals_note_add(&context->message, "the error has no message: turning it into text failed");
  }
  lua_settop(L, value);
  if (context->over != ANNALS_KIND_NONE) annals_describe_stop(context);
}

static annals_text annals_text_of(const annals_note *note) {
  return (annals_text){(const uint8_t *)note->bytes, note->count};
}

/// The last failure. Its slot, if any, is the caller's to drop.
annals_failure annals_last_failure(annals_context *context) {
  annals_failure failure = {
      .kind = context->failure_kind,
      .slot = context->failure_slot,
      .is_text = context->failure_is_text,
      .name = annals_text_of(&context->name),
      .message = annals_text_of(&context->message),
      .at = annals_text_of(&context->at),
      .fix = annals_text_of(&context->fix),
      .traceback = annals_text_of(&context->trace),
  };
  context->failure_slot = 0;
  return failure;
}

/// `__tostring` of error tables: the message, then place and fix on lines of their own.
static int annals_error_text(lua_State *L) {
  static const char *const names[] = {"message", "at", "fix"};
  static const char *const labels[] = {"", "\n  at:  ", "\n  fix: "};
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (int i = 0; i < 3; i++) {
    lua_pushstring(L, names[i]);
    lua_rawget(L, 1);
    if (lua_type(L, -1) == LUA_TSTRING) {
      lua_pushstring(L, labels[i]);
      lua_insert(L, -2);
      lua_concat(L, 2);
      luaL_addvalue(&buffer);
    } else {
      lua_pop(L, 1);
    }
  }
  luaL_pushresult(&buffer);
  return 1;
}

/// `__concat` of error tables, so that `"failed: " .. err` works as with plain messages.
static int annals_error_concat(lua_State *L) {
  lua_settop(L, 2);
  annals_to_string(L, 1);
  annals_to_string(L, 2);
  lua_concat(L, 2);
  return 1;
}

/// Makes the metatable of error tables. Stack: 0. Raises: memory.
void annals_open_errors(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_pushcfunction(L, annals_error_text);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, annals_error_concat);
  lua_setfield(L, -2, "__concat");
  lua_pushliteral(L, "error");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_error_key);
}

ANNALS_RAISING_END
