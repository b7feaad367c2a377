#ifndef ANNALS_CONTEXT_H
#define ANNALS_CONTEXT_H

// What the files of the shim share and Swift does not see.

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "heap.h"
#include "include/CLuaShim.h"

// The thread sanitizer keeps a stack of its own, and does not see the fortified `longjmp` by which
// the system's Lua leaves functions. Files that hold functions which may raise stand between these
// two, and are not checked by it; the one file that other threads enter is.
#define ANNALS_RAISING_BEGIN
#define ANNALS_RAISING_END
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ANNALS_DELAYED_SIGNALS 1
#undef ANNALS_RAISING_BEGIN
#undef ANNALS_RAISING_END
#define ANNALS_UNCHECKED \
  clang attribute push(__attribute__((disable_sanitizer_instrumentation)), apply_to = function)
#define ANNALS_PRAGMA(text) _Pragma(#text)
#define ANNALS_PRAGMA_OF(text) ANNALS_PRAGMA(text)
#define ANNALS_RAISING_BEGIN ANNALS_PRAGMA_OF(ANNALS_UNCHECKED)
#define ANNALS_RAISING_END _Pragma("clang attribute pop")
#endif
#endif

enum {
  ANNALS_MESSAGE_BYTES = 4096,
  ANNALS_TRACE_BYTES = 4096,
  ANNALS_PLACE_BYTES = 256,
  ANNALS_CLOSE_DEPTH = 100,
};

struct annals_bell {
  _Atomic int references;
  _Atomic int reason;   // an annals_kind
  _Atomic int active;   // whether `thread` is inside Lua
  _Atomic int ringing;  // how many callers are about to signal `thread`
  pthread_t thread;
};

/// A value on its way from Swift to Lua.
typedef struct annals_value {
  enum {
    ANNALS_NIL,
    ANNALS_BOOLEAN,
    ANNALS_INTEGER,
    ANNALS_NUMBER,
    ANNALS_BYTES,
    ANNALS_SLOT,
    ANNALS_ELEMENT,
    ANNALS_ARGUMENT,
    ANNALS_OBJECT,
    ANNALS_FUNCTION,
  } kind;
  bool tied;  // an object: the next value becomes its user value
  int slot;
  union {
    int64_t integer;
    double number;
    size_t offset;
    void *object;
  };
  size_t count;
} annals_value;

/// Userdata that owns one Swift object.
typedef struct annals_box {
  void *object;
  size_t place;    // in the list of what Lua owns, from 1
  size_t outside;  // bytes that it holds outside Lua's heap
} annals_box;

/// A place in the list of what Lua owns.
typedef struct annals_owned {
  void *object;      // null: the place is free
  size_t next_free;  // the next free place, or 0
} annals_owned;

/// A text of bounded length that is written without Lua's allocator.
typedef struct annals_note {
  size_t count, capacity;
  char *bytes;
} annals_note;

/// A method that a script has named, to call it.
typedef struct annals_named {
  const void *object;
  const annals_box *method;
  int line;
  bool called;
} annals_named;

enum { ANNALS_NAMED_METHODS = 16 };

/// The alarm of a state; `bell.c` rings it.
typedef struct annals_watch {
  annals_bell *bell;
  struct annals_watch *previous, *next;  // of those that are set
  int64_t deadline;  // nanoseconds of the monotonic clock, 0: not set
  int64_t pause;     // nanoseconds until it rings again, if the run does not notice
  bool watched;      // whether a thread will ring it
} annals_watch;

struct annals_context {
  lua_State *main;
  char *first_block;  // which holds the state itself
  size_t first_size;
  bool trusted;       // the script is one's own: it gets all of Lua, unchanged
  lua_State *volatile running;
  annals_host host;
  annals_limits limits;
  annals_bell *bell;
  annals_watch watch;

  annals_heap heap;
  size_t used;       // bytes of its blocks
  size_t outside;    // bytes that Swift objects in Lua's hands hold, as the host tells
  size_t outside_kept;  // of these, what the last collection left
  annals_owned *owned;  // these objects
  size_t owned_count, owned_capacity, free_place;
  size_t lent;       // bytes of the limit that plans hold while a function of theirs runs
  bool refused;      // the allocator has refused once
  size_t refused_size;  // what it refused last, 0 if it has granted something since
  bool chained;      // it refused because a chain of `__call` does not end
  bool relaxed;      // while opening and closing no limit holds but the heap's own
  int late_growth;   // allocations since the run was asked to stop
  annals_kind over;  // the limit that ended the run
  int64_t instructions_left;
  int step;          // instructions between two hooks, 0: no standing hook
  int64_t steps_left;  // of loops in C until the next look at the limits
  size_t output_left;
  int64_t begun;     // nanoseconds of the monotonic clock
  bool knows_variables;  // of functions that fail, and of a script at its end

  int depth;         // protected calls from Swift that are open
  annals_context *outer;
  int close_depth;
  int64_t serial;         // of the last object that was shown
  const char *mode_name;  // the metafield that makes a table weak
  // Where Lua keeps the name of the metafield `__call`, null if that was not found; what stands there,
  // and what stands there instead once the run is to stop (decision 0013).
  volatile uintptr_t *call_word;
  uintptr_t call_name, no_name;

  annals_value *values;
  size_t value_count, value_capacity;
  uint8_t *bytes;
  size_t byte_count, byte_capacity;
  bool values_failed;
  size_t value_floor;  // values below it belong to Swift frames under the open protected call

  int references;    // registry index of the table of kept values
  int *free_slots;
  int free_count, free_capacity, slot_count;

  annals_kind failure_kind;
  int failure_slot;
  bool failure_is_text;
  annals_note name, message, at, fix, trace, place;
  annals_note refused_at;  // where the allocator refused last
  annals_named named[ANNALS_NAMED_METHODS];  // the last ones, whose calls may still be to come
  int named_count;
  enum { ANNALS_TRACE_NONE, ANNALS_TRACE_WHOLE, ANNALS_TRACE_PART } trace_state;
};

/// A column that scripts read where it lies.
typedef struct annals_column {
  annals_cells cells;
  const char *name;  // anchored
  size_t name_count;
  int index;
  int memo_left;  // how many more values are kept for their codes
} annals_column;

struct annals_columns {
  int64_t row_count;
  annals_column **columns;
  int count, capacity;
  uint16_t *slots;  // by the address of the name: index + 1, or 0
  int slot_bits;
};

/// Userdata that shows a row; its user value are the anchors of its columns.
typedef struct annals_view {
  annals_box box;
  const void *mark;       // `annals_view_key`
  annals_cursor *cursor;  // lives as long as the box is full
} annals_view;

/// The context of a state or coroutine: new coroutines inherit the main one's extra space.
static inline annals_context *annals_of(lua_State *L) {
  return *(annals_context **)lua_getextraspace(L);
}

void annals_look(lua_State *L);

/// To be called by each loop in C whose length a script can choose, since no hook runs in it. A step
/// is about what an instruction of Lua's machine is; steps count as such.
/// Stack: 0. Raises: the stop value.
static inline void annals_spend(lua_State *L, annals_context *context, int64_t steps) {
  context->steps_left -= steps;
  if (context->steps_left < 0) annals_look(L);
}

// memory.c
extern const char annals_call_key;
void *annals_allocate(void *context, void *block, size_t old_size, size_t new_size);
void annals_weigh(lua_State *L);

// bell.c
annals_bell *annals_bell_new(void);
void annals_bell_ring(annals_bell *bell, annals_kind reason);
void annals_bell_enter(annals_bell *bell);
void annals_bell_leave(annals_bell *bell);
extern _Thread_local annals_context *volatile annals_here;
int64_t annals_now(void);
void annals_watch_set(annals_watch *watch, int64_t deadline);

// stop.c
void annals_arm(lua_State *L);
void annals_stand(lua_State *L);
void annals_stop(lua_State *L, annals_kind kind);
void annals_stop_spent(lua_State *L);
int annals_raise_stop(lua_State *L);
int annals_raise_memory(lua_State *L);
void annals_check_memory(lua_State *L, int status);
void annals_notice(lua_State *L);
void annals_settle(lua_State *L, int status);
bool annals_enter(annals_context *context);
void annals_leave(annals_context *context);

// values.c
void annals_deliver(lua_State *L, annals_value *value);
int annals_deliver_from(lua_State *L, annals_mark mark);
void annals_cut(annals_context *context);

// references.c
int annals_keep_top(lua_State *L);
void annals_show_on(lua_State *L, int slot);

// host.c
int annals_host_call(lua_State *L);
int annals_finish(lua_State *L, annals_mark mark, int status);
extern const char annals_function_key;
extern const char annals_object_key[2];  // marks our types, and keeps their names

// boxes.c
void annals_make_place(lua_State *L);
void annals_fill_box(annals_context *context, annals_box *box, void *object, size_t outside);
int annals_box_gc(lua_State *L);
void annals_release_owned(annals_context *context);

// columns.c
annals_column *annals_find_column(
    const annals_columns *columns, const char *name, size_t count);
bool annals_push_cell(lua_State *L, annals_column *column, int64_t row, int anchors);
void annals_remember(lua_State *L, annals_column *column, int64_t row, int anchors);

// views.c
extern const char annals_view_key;
annals_view *annals_to_view(lua_State *L, int index);
int annals_invoke(lua_State *L, annals_box *box);

// variables.c
void annals_know_failed(lua_State *L, lua_State *thread, int level);
void annals_know_returning(lua_State *L, lua_Debug *call);

// failure.c
extern const char annals_error_key;
void annals_note_set(annals_note *note, const char *bytes, size_t count);
void annals_write_place(lua_State *L, int level, annals_note *note);
void annals_write_call(lua_State *L, annals_note *note);
void annals_write_trace(lua_State *L, int level);
int annals_on_error(lua_State *L);
void annals_describe(annals_context *context, int status);
void annals_open_errors(lua_State *L);

// calls.c
bool annals_run(annals_context *context, lua_CFunction body, void *arguments, int results);

// serials.c
void annals_open_serials(lua_State *L);
void annals_push_serial(lua_State *L, int index);
const char *annals_to_string(lua_State *L, int index);
int annals_tostring(lua_State *L);

// lists.c, sorting.c
enum { ANNALS_READS = 1, ANNALS_WRITES = 2, ANNALS_MEASURES = 4 };
lua_Integer annals_list_length(lua_State *L, int uses);
int annals_sort(lua_State *L);

// loading.c
int annals_load_bytes(lua_State *L, const char *bytes, size_t count, const char *name);
int annals_load_text(lua_State *L);

// chains.c
int annals_check_chains(lua_State *L);

// interior.c
lua_State *annals_make_main(annals_context *context);
void annals_strengthen(lua_State *L);
void annals_forbid_chains(annals_context *context);
void annals_allow_chains(annals_context *context);

// libraries.c and the files of the single libraries
void annals_open_libraries(lua_State *L);
void annals_open_all(lua_State *L);
void annals_open_base(lua_State *L);
int annals_print(lua_State *L);
void annals_open_coroutines(lua_State *L);
void annals_open_clock(lua_State *L);
void annals_wrap(lua_State *L, const char *name, lua_CFunction function);
const char *annals_checked_format(lua_State *L, size_t *count);
int annals_go_on(lua_State *L);
int annals_format(lua_State *L);
void annals_add_search(lua_State *L);
void annals_add_texts(lua_State *L);
void annals_add_lists(lua_State *L);
void annals_add_characters(lua_State *L);
void annals_keep_only(lua_State *L, const char *const names[]);

#endif
