// Columns that scripts read where they lie, without a call into Swift.

#include <stdlib.h>
#include <string.h>

#include "context.h"

ANNALS_RAISING_BEGIN

enum {
  ANNALS_MOST_COLUMNS = 1 << 14,
  ANNALS_MOST_REMEMBERED = 1 << 16,  // values of one column that are kept for their codes
  ANNALS_SHORT_BYTES = 40,           // Lua keeps one copy of each text up to here
};

annals_columns *annals_columns_new(int64_t row_count) {
  annals_columns *columns = calloc(1, sizeof *columns);
  if (columns != NULL) columns->row_count = row_count;
  return columns;
}

void annals_columns_free(annals_columns *columns) {
  for (int i = 0; i < columns->count; i++) free(columns->columns[i]);
  free(columns->columns);
  free(columns->slots);
  free(columns);
}

// MARK: Finding by name

static size_t annals_name_slot(const annals_columns *columns, const char *name) {
  return (size_t)(((uint64_t)(uintptr_t)name * UINT64_C(0x9E3779B97F4A7C15)) >>
                  (64 - columns->slot_bits));
}

static void annals_enter_name(annals_columns *columns, const annals_column *column) {
  size_t mask = ((size_t)1 << columns->slot_bits) - 1;
  size_t slot = annals_name_slot(columns, column->name);
  while (columns->slots[slot] != 0) slot = (slot + 1) & mask;
  columns->slots[slot] = (uint16_t)(column->index + 1);
}

/// Makes room for one more column. False if memory is short.
static bool annals_grow_columns(annals_columns *columns) {
  if (columns->count < columns->capacity) return true;
  int bits = columns->capacity == 0 ? 4 : columns->slot_bits + 1;
  int capacity = 1 << (bits - 1);
  annals_column **grown = realloc(columns->columns, (size_t)capacity * sizeof *grown);
  if (grown == NULL) return false;
  columns->columns = grown;
  uint16_t *slots = calloc((size_t)1 << bits, sizeof *slots);
  if (slots == NULL) return false;
  free(columns->slots);
  columns->slots = slots;
  columns->slot_bits = bits;
  columns->capacity = capacity;
  for (int i = 0; i < columns->count; i++) annals_enter_name(columns, columns->columns[i]);
  return true;
}

/// The column of a name, or null. Short names are found by their address, since columns anchor
/// theirs and equal short texts are one; long ones also by their bytes.
/// Stack: 0. Raises: never.
annals_column *annals_find_column(
    const annals_columns *columns, const char *name, size_t count) {
  if (columns->count == 0) return NULL;
  size_t mask = ((size_t)1 << columns->slot_bits) - 1;
  for (size_t slot = annals_name_slot(columns, name);; slot = (slot + 1) & mask) {
    int number = columns->slots[slot];
    if (number == 0) break;
    annals_column *column = columns->columns[number - 1];
    if (column->name == name) return column;
  }
  if (count <= ANNALS_SHORT_BYTES) return NULL;
  for (int i = 0; i < columns->count; i++) {
    annals_column *column = columns->columns[i];
    if (column->name_count == count && memcmp(column->name, name, count) == 0) return column;
  }
  return NULL;
}

typedef struct annals_addition {
  annals_columns *columns;
  int anchors;
  const uint8_t *name;
  size_t count;
  annals_cells cells;
} annals_addition;

/// Why here: it allocates. Stack: 0. Raises: memory.
static int annals_add_column_body(lua_State *L) {
  annals_addition *addition = lua_touserdata(L, 1);
  annals_columns *columns = addition->columns;
  if (columns->count == ANNALS_MOST_COLUMNS) return luaL_error(L, "too many columns");
  annals_show_on(L, addition->anchors);
  int anchors = lua_gettop(L), index = columns->count;
  const char *name = lua_pushlstring(L, (const char *)addition->name, addition->count);
  lua_rawseti(L, anchors, 2 * index + 1);
  if (addition->cells.is_coded) {
    lua_newtable(L);
    lua_rawseti(L, anchors, 2 * index + 2);
  }
  annals_column *column = annals_grow_columns(columns) ? malloc(sizeof *column) : NULL;
  if (column == NULL) return annals_raise_memory(L);
  *column = (annals_column){
      addition->cells, name, addition->count, index, ANNALS_MOST_REMEMBERED};
  columns->columns[columns->count++] = column;
  annals_enter_name(columns, column);
  return 0;
}

/// Adds a column under a name, which the kept table `anchors` holds from then on, together with what
/// is remembered of the column's values.
/// Stack: 0. Raises: never; false leaves a failure to read.
bool annals_add_column(
    annals_context *context, annals_columns *columns, int anchors, const uint8_t *name,
    size_t count, annals_cells cells) {
  annals_addition addition = {columns, anchors, name, count, cells};
  return annals_run(context, annals_add_column_body, &addition, 0);
}

// MARK: Reading cells

/// Whether bytes are UTF-8; the host mends what is not.
static bool annals_is_utf8(const uint8_t *bytes, size_t count) {
  size_t i = 0;
  while (i < count) {
    uint64_t word;
    if (count - i >= sizeof word) {
      memcpy(&word, bytes + i, sizeof word);
      if ((word & UINT64_C(0x8080808080808080)) == 0) {
        i += sizeof word;
        continue;
      }
    }
    uint8_t first = bytes[i++];
    if (first < 0x80) continue;
    if (first < 0xC2 || first > 0xF4) return false;
    size_t more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    if (count - i < more) return false;
    uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (bytes[i] < least || bytes[i] > most) return false;
    for (size_t k = 1; k < more; k++)
      if ((bytes[i + k] & 0xC0) != 0x80) return false;
    i += more;
  }
  return true;
}

/// Stack: +1 if it returns true, else 0. Raises: memory.
static bool annals_push_text(lua_State *L, const annals_cells *cells, int64_t index) {
  if (cells->offsets == NULL || index < 0 || (size_t)index >= cells->text_count) return false;
  int64_t start = cells->offsets[index], end = cells->offsets[index + 1];
  if (start < 0 || end < start || (size_t)end > cells->byte_count) return false;
  const uint8_t *bytes = cells->bytes + start;
  if (!annals_is_utf8(bytes, (size_t)(end - start))) return false;
  lua_pushlstring(L, (const char *)bytes, (size_t)(end - start));
  return true;
}

/// The whole number in a row; 0 in layouts without any.
static int64_t annals_whole(const annals_cells *cells, int64_t row) {
  switch (cells->layout) {
    case ANNALS_LAYOUT_INT8: return ((const int8_t *)cells->values)[row];
    case ANNALS_LAYOUT_INT16: return ((const int16_t *)cells->values)[row];
    case ANNALS_LAYOUT_INT32: return ((const int32_t *)cells->values)[row];
    case ANNALS_LAYOUT_INT64: return ((const int64_t *)cells->values)[row];
    case ANNALS_LAYOUT_UINT8: return ((const uint8_t *)cells->values)[row];
    case ANNALS_LAYOUT_UINT16: return ((const uint16_t *)cells->values)[row];
    default: return 0;
  }
}

/// The key by which the value of a row is remembered.
static lua_Integer annals_memo_key(const annals_cells *cells, int64_t row) {
  return (lua_Integer)((lua_Unsigned)annals_whole(cells, row) + 1);  // codes begin at 0, lists at 1
}

static bool annals_is_known(const annals_cells *cells, int64_t row) {
  return cells->known == NULL || (cells->known[row >> 6] >> (row & 63) & 1) != 0;
}

/// What stands for a value that was made before, or for the text that its code numbers.
/// Stack: +1 if it returns true, else 0. Raises: memory.
static bool annals_push_coded(lua_State *L, annals_column *column, int64_t row, int anchors) {
  lua_getiuservalue(L, anchors, 1);
  lua_rawgeti(L, -1, 2 * column->index + 2);
  if (lua_rawgeti(L, -1, annals_memo_key(&column->cells, row)) != LUA_TNIL) {
    lua_replace(L, -3);
    lua_pop(L, 1);
    return true;
  }
  lua_pop(L, 3);
  if (!annals_push_text(L, &column->cells, annals_whole(&column->cells, row))) return false;
  annals_remember(L, column, row, anchors);
  return true;
}

/// Pushes the cell of a row that lies within the columns.
/// Why here: a call into Swift for each cell takes longer than all else. `anchors` is a view of them.
/// Stack: +1 if it returns true; 0 if the host has to give the value. Raises: memory.
bool annals_push_cell(lua_State *L, annals_column *column, int64_t row, int anchors) {
  const annals_cells *cells = &column->cells;
  if (!annals_is_known(cells, row)) {
    lua_pushnil(L);
    return true;
  }
  if (cells->is_coded) return annals_push_coded(L, column, row, anchors);
  switch (cells->layout) {
    case ANNALS_LAYOUT_HOST: return false;
    case ANNALS_LAYOUT_TEXT: return annals_push_text(L, cells, row);
    case ANNALS_LAYOUT_DOUBLE: lua_pushnumber(L, ((const double *)cells->values)[row]); break;
    case ANNALS_LAYOUT_BITS:
      lua_pushboolean(L, (int)(((const uint64_t *)cells->values)[row >> 6] >> (row & 63) & 1));
      break;
    default: lua_pushinteger(L, annals_whole(cells, row)); break;
  }
  return true;
}

/// Keeps the value on top for the code that the row has, if the column is a coded one.
/// Stack: 0. Raises: memory.
void annals_remember(lua_State *L, annals_column *column, int64_t row, int anchors) {
  if (!column->cells.is_coded || column->memo_left == 0) return;
  column->memo_left -= 1;
  lua_getiuservalue(L, anchors, 1);
  lua_rawgeti(L, -1, 2 * column->index + 2);
  lua_pushvalue(L, -3);
  lua_rawseti(L, -2, annals_memo_key(&column->cells, row));
  lua_pop(L, 2);
}

ANNALS_RAISING_END
