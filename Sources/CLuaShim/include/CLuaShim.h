#ifndef ANNALS_CLUASHIM_H
#define ANNALS_CLUASHIM_H

// The whole face that Swift sees of Lua. No call here raises: what may raise runs under a protected
// call inside. Doc comments of the functions stand beside their bodies.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One Lua state with its limits. Everything below takes it, and works on the coroutine that runs.
typedef struct annals_context annals_context;

/// What another thread or a signal handler may ring to end the run; outlives the state.
typedef struct annals_bell annals_bell;

/// Why a run or a call ended.
typedef enum __attribute__((enum_extensibility(closed))) annals_kind : int32_t {
  ANNALS_KIND_NONE = 0,
  ANNALS_KIND_TIME = 1,
  ANNALS_KIND_INTERRUPTED = 2,
  ANNALS_KIND_MEMORY = 3,
  ANNALS_KIND_OUTPUT = 4,
  ANNALS_KIND_INSTRUCTIONS = 5,
  ANNALS_KIND_SCRIPT = 6,
  ANNALS_KIND_HOST = 7,
  ANNALS_KIND_SYNTAX = 8,
  ANNALS_KIND_DEPTH = 9,
} annals_kind;

/// What a value on the Lua stack is.
typedef enum __attribute__((enum_extensibility(closed))) annals_type : int32_t {
  ANNALS_TYPE_NONE = 0,
  ANNALS_TYPE_NIL = 1,
  ANNALS_TYPE_BOOLEAN = 2,
  ANNALS_TYPE_INTEGER = 3,
  ANNALS_TYPE_NUMBER = 4,
  ANNALS_TYPE_STRING = 5,
  ANNALS_TYPE_TABLE = 6,
  ANNALS_TYPE_FUNCTION = 7,
  ANNALS_TYPE_OBJECT = 8,
  ANNALS_TYPE_OTHER = 9,
} annals_type;

/// How a Swift callback ended. The values it pushed are results, or describe the error:
/// `FIELDS` kind, message, at, fix; `VALUE` the value to raise, traceback, at; `STOP` the
/// `annals_kind`.
enum {
  ANNALS_DONE = 0,
  ANNALS_RAISE_FIELDS = 1,
  ANNALS_RAISE_VALUE = 2,
  ANNALS_RAISE_STOP = 3,
};

typedef struct annals_limits {
  size_t heap_bytes;
  size_t output_bytes;
  int64_t nanoseconds;   // 0: no deadline
  int64_t instructions;  // 0: not counted
  int64_t clock_start;   // what `os.time()` says, in seconds since 1970
  int64_t seed;          // of `math.random`
  bool clock_runs;       // whether the script's clock moves with the real one
} annals_limits;

/// The Swift side. None of these may raise, nor keep the pointers it is given.
typedef struct annals_host {
  void *owner;
  int (*call)(annals_context *context, void *owner, void *function, int count);
  void (*release)(void *object);
  void (*output)(void *owner, const uint8_t *bytes, size_t count);
} annals_host;

/// Bytes that stay valid until the next call on the state.
typedef struct annals_text {
  const uint8_t *bytes;
  size_t count;
} annals_text;

/// The last failure; `slot` keeps the original value, 0 if there is none.
typedef struct annals_failure {
  annals_kind kind;
  int slot;
  bool is_text;
  annals_text name, message, at, fix, traceback;
} annals_failure;

/// One value read from the stack.
typedef struct annals_reading {
  annals_type type;
  int64_t integer;
  double number;
  annals_text text;
  void *object;
} annals_reading;

/// How the values of a column lie in memory, one a row.
typedef enum __attribute__((enum_extensibility(closed))) annals_layout : int32_t {
  ANNALS_LAYOUT_HOST = 0,  // elsewhere: the host gives each
  ANNALS_LAYOUT_BITS = 1,
  ANNALS_LAYOUT_INT8 = 2,
  ANNALS_LAYOUT_INT16 = 3,
  ANNALS_LAYOUT_INT32 = 4,
  ANNALS_LAYOUT_INT64 = 5,
  ANNALS_LAYOUT_UINT8 = 6,
  ANNALS_LAYOUT_UINT16 = 7,
  ANNALS_LAYOUT_DOUBLE = 8,
  ANNALS_LAYOUT_TEXT = 9,  // row `i` has text `i`
} annals_layout;

/// A column that scripts read where it lies. Whoever hands it over keeps the memory, unchanged.
typedef struct annals_cells {
  annals_layout layout;
  bool is_coded;          // the values stand for others, such as the texts below
  const void *values;
  const uint64_t *known;  // a bit for each row that is not null; NULL: none is
  const int64_t *offsets;  // text `i` stands in `bytes` from offset `i` to the next; NULL: no texts
  const uint8_t *bytes;
  size_t text_count, byte_count;
} annals_cells;

/// Columns of equal length, found by name.
typedef struct annals_columns annals_columns;

/// Where a view of rows stands.
typedef struct annals_cursor {
  const annals_columns *columns;
  int64_t row;   // -1: nowhere
  int64_t next;  // the row of the loop's next step
} annals_cursor;

/// A height of the buffer of values.
typedef struct annals_mark {
  size_t values, bytes;
} annals_mark;

// state.c
annals_context *annals_open(
    annals_host host, annals_limits limits, bool trusted, annals_kind *failure);
void annals_close(annals_context *context);
int annals_version(annals_context *context);
int annals_depth(annals_context *context);
size_t annals_heap_bytes(annals_context *context);
size_t annals_lent(annals_context *context);
void annals_lend(annals_context *context, size_t bytes);

// memory.c
void annals_collect(annals_context *context);

// stop.c, bell.c
void annals_begin(annals_context *context, annals_limits limits);
annals_kind annals_stopped(annals_context *context);
annals_bell *annals_share_bell(annals_context *context);
void annals_drop_bell(annals_bell *bell);
void annals_ring(annals_bell *bell);
bool annals_is_rung(annals_bell *bell);

// values.c
annals_mark annals_get_mark(annals_context *context);
void annals_set_mark(annals_context *context, annals_mark mark);
void annals_push_nil(annals_context *context);
void annals_push_boolean(annals_context *context, bool value);
void annals_push_integer(annals_context *context, int64_t value);
void annals_push_number(annals_context *context, double value);
void annals_push_bytes(annals_context *context, const uint8_t *bytes, size_t count);
void annals_push_slot(annals_context *context, int slot);
void annals_push_element(annals_context *context, int slot, int64_t index);
void annals_push_argument(annals_context *context, int index);
void annals_push_object(
    annals_context *context, void *object, int type_slot, bool tied, size_t outside);
void annals_push_function(annals_context *context, void *function);

// stack.c
int annals_top(annals_context *context);
void annals_set_top(annals_context *context, int top);
annals_type annals_type_at(annals_context *context, int index);
annals_reading annals_read(annals_context *context, int index);
bool annals_read_integer(annals_context *context, int index, int64_t *value);
bool annals_read_number(annals_context *context, int index, double *value);
bool annals_read_text(annals_context *context, int index, annals_text *text);
bool annals_is_object(annals_context *context, int index, const void *metatable, void **object);
const void *annals_type_name(annals_context *context, int index, annals_text *name);
annals_text annals_position(annals_context *context);

// references.c
int annals_keep(annals_context *context, int index);
void annals_drop(annals_context *context, int slot);
bool annals_show(annals_context *context, int slot);
const void *annals_identity(annals_context *context, int slot);

// calls.c
bool annals_load(annals_context *context, const uint8_t *bytes, size_t count, const char *name);
bool annals_call(annals_context *context, int slot, annals_mark arguments);
bool annals_make(annals_context *context, annals_mark value);
bool annals_to_text(annals_context *context, int slot);
annals_failure annals_last_failure(annals_context *context);
bool annals_charge_output(annals_context *context, size_t count);
bool annals_write(annals_context *context, const uint8_t *bytes, size_t count);

// tables.c
bool annals_make_list(annals_context *context, annals_mark values);
bool annals_make_map(annals_context *context, annals_mark pairs);
bool annals_set(annals_context *context, int slot, annals_mark pair);
bool annals_fill(annals_context *context, int slot, size_t first, annals_mark values);
bool annals_get(annals_context *context, int slot, annals_mark key);
bool annals_get_metatable(annals_context *context, int slot);
size_t annals_length(annals_context *context, int slot);
bool annals_each(
    annals_context *context, int slot, size_t limit, void *owner,
    int (*take)(void *owner, size_t row, int base, int count));
int annals_globals(annals_context *context);

// variables.c

/// The variable that a script begins with which is watched to its end: no call is its last step then,
/// in whose favour its own variables would be given up.
#define ANNALS_END_NAME "annals_end"

bool annals_watch_script(annals_context *context, int function);
void annals_unwatch_script(annals_context *context);
bool annals_known_variables(annals_context *context);
bool annals_variable(annals_context *context, const char *name);
bool annals_show_variables(annals_context *context, int function);

// objects.c
bool annals_make_type(
    annals_context *context, const char *name, annals_mark parts, size_t method_count);
bool annals_tied(annals_context *context, int index);

// columns.c
annals_columns *annals_columns_new(int64_t row_count);
void annals_columns_free(annals_columns *columns);
bool annals_add_column(
    annals_context *context, annals_columns *columns, int anchors, const uint8_t *name,
    size_t count, annals_cells cells);

// views.c
bool annals_make_view(
    annals_context *context, void *object, int type_slot, size_t outside, annals_cursor *cursor,
    int anchors);
bool annals_make_rows(annals_context *context, int view);
bool annals_make_values(annals_context *context, int view, int cell);
bool annals_filter(
    annals_context *context, int function, int view, annals_cursor *cursor, size_t count,
    uint64_t *bits);
bool annals_map(
    annals_context *context, int function, int view, annals_cursor *cursor, size_t count,
    void *owner, int (*take)(void *owner, size_t row, int base, int count));

#endif
