#ifndef ANNALS_FIELDS_H
#define ANNALS_FIELDS_H

#include "annals_masks.h"

/// What `annals_index_fields` found.
typedef struct {
  /// How many ends of fields were written.
  int64_t field_count;
  /// How many of them end a line.
  int64_t line_count;
  /// How many line breaks within quotes were written.
  int64_t break_count;
  /// Up to where the bytes were looked at: all of them, or up to the first flaw.
  int64_t stop;
  /// Whether something at `stop` breaks the rules of the format.
  bool is_flawed;
} annals_fields;

/// A check of UTF-8 that can stop between any two bytes: how many bytes are still to follow, and the
/// bounds of the next one. Source: The Unicode Standard 15.0, table 3-7.
typedef struct {
  uint8_t needed;
  uint8_t low;
  uint8_t high;
} annals_utf8;

/// Takes one byte; false if it can't stand there.
static inline bool annals_utf8_take(annals_utf8 *state, uint8_t byte) {
  if (state->needed) {
    if (byte < state->low || byte > state->high) return false;
    state->needed--;
    state->low = 0x80;
    state->high = 0xBF;
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  state->needed = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  state->low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
  state->high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
  return true;
}

/// Where UTF-8 is broken among `count` bytes; `count` if nowhere.
static inline int64_t annals_utf8_check(annals_utf8 *state, const uint8_t *bytes, int64_t count) {
  for (int64_t index = 0; index < count; index++) {
    if (!annals_utf8_take(state, bytes[index])) return index;
  }
  return count;
}

/// Writes `start` plus the number of each bit, and up to three values of no meaning behind them.
///
/// Trick: blocks of text have three or four bits; writing four always is quicker than guessing how
///        many there are.
static inline __attribute__((always_inline)) void annals_write_positions(
    uint32_t *positions, uint64_t bits, uint32_t start) {
  const uint64_t last = (uint64_t)1 << 63;
  do {
    for (int index = 0; index < 4; index++) {
      positions[index] = start + (uint32_t)__builtin_ctzll(bits | last);
      bits &= bits - 1;
    }
    positions += 4;
  } while (bits);
}

/// Finds where fields end in delimited text, 64 bytes at a time.
///
/// Plain form: the record scanner that reads flawed records, a byte at a time.
/// Trick:      a bit for each byte; the running parity of the quote bits tells what is quoted.
///
/// - bytes: Start where a record starts; 64 bytes behind the last can be read.
/// - is_end: Whether the file ends with them, so that the last record needs no line break.
/// - positions: Receives where each field ends; has room for `length` + 4.
/// - breaks: Receives how many fields had ended before each line break within quotes; has room for
///   `length`.
///
/// CR, LF and CR LF each end a line; the position is that of the CR. Flaws are a quote within a field
/// that does not start with one, text behind a closing quote, a zero byte, broken UTF-8, and at the
/// end of the file an open quote. All positions before a flaw hold; those behind are not written.
static inline __attribute__((always_inline)) annals_fields annals_index_fields_as(
    const uint8_t *bytes, int64_t length, bool is_end, uint8_t delimiter, int quote,
    uint32_t *positions, uint32_t *breaks, annals_form form) {
  annals_fields found = {0, 0, 0, length, false};
  annals_utf8 utf8 = {0, 0x80, 0xBF};
  uint64_t is_inside = 0;     // all ones within quotes
  uint64_t was_return = 0;    // whether the last byte was a CR,
  uint64_t was_end = 1;       // ended a field or line outside quotes,
  uint64_t was_closed = 0;    // or was a closing quote
  int64_t line_start = 0;
  for (int64_t start = 0; start < length; start += 64) {
    annals_masks masks = annals_masks_64(bytes + start, delimiter, quote, form);
    uint64_t valid = ~(uint64_t)0;
    if (length - start < 64) {
      valid = ((uint64_t)1 << (length - start)) - 1;
      masks.delimiter &= valid;
      masks.line_feed &= valid;
      masks.carriage_return &= valid;
      masks.quote &= valid;
      masks.zero &= valid;
      masks.high &= valid;
    }
    const uint64_t breaking = masks.line_feed | masks.carriage_return;
    uint64_t line_ends = breaking;
    if (masks.carriage_return | was_return) {
      line_ends &= ~(masks.line_feed & (masks.carriage_return << 1 | was_return));
      was_return = masks.carriage_return >> 63;
    }
    uint64_t ends = masks.delimiter | line_ends;
    uint64_t inner = 0;
    uint64_t flaws = masks.zero;
    if (masks.quote | is_inside | was_closed) {
      const uint64_t inside = annals_prefix_parity(masks.quote) ^ is_inside;
      const uint64_t opening = masks.quote & inside;
      const uint64_t closing = masks.quote & ~inside;
      const uint64_t outside = (masks.delimiter | breaking) & ~inside;
      const uint64_t behind_closing = closing << 1 | was_closed;
      inner = line_ends & inside;
      ends &= ~inside;
      line_ends &= ~inside;
      flaws |= opening & ~(outside << 1 | was_end | behind_closing);
      flaws |= behind_closing & valid & ~(outside | opening);
      is_inside = (uint64_t)((int64_t)inside >> 63);
      was_closed = closing >> 63;
      was_end = outside >> 63;
    } else {
      was_end = (masks.delimiter | breaking) >> 63;
    }
    if (masks.high || utf8.needed) {
      const int64_t count = length - start < 64 ? length - start : 64;
      const int64_t broken = annals_utf8_check(&utf8, bytes + start, count);
      if (broken < count) flaws |= (uint64_t)1 << broken;
    }
    if (flaws) {
      const int first = __builtin_ctzll(flaws);
      const uint64_t before = ((uint64_t)1 << first) - 1;
      ends &= before;
      line_ends &= before;
      inner &= before;
      found.stop = start + first;
      found.is_flawed = true;
    }
    while (inner) {
      const uint64_t below = (inner & (0 - inner)) - 1;
      breaks[found.break_count++] =
          (uint32_t)(found.field_count + __builtin_popcountll(ends & below));
      inner &= inner - 1;
    }
    if (line_ends) {
      found.line_count += __builtin_popcountll(line_ends);
      line_start = start + 64 - __builtin_clzll(line_ends);
    }
    annals_write_positions(positions + found.field_count, ends, (uint32_t)start);
    found.field_count += __builtin_popcountll(ends);
    if (found.is_flawed) return found;
  }
  if (!is_end) return found;
  if (is_inside || utf8.needed) {
    found.is_flawed = true;
    return found;
  }
  if (line_start > 0 && line_start < length && bytes[line_start - 1] == '\r'
      && bytes[line_start] == '\n') {
    line_start++;
  }
  if (line_start < length) {
    positions[found.field_count++] = (uint32_t)length;
    found.line_count++;
  }
  return found;
}

/// Whether the processor can carry out the wide form.
bool annals_has_wide_form(void);

/// The wide forms of the two functions below, in a unit that is compiled for them.
annals_fields annals_index_fields_wide(
    const uint8_t *bytes, int64_t length, bool is_end, uint8_t delimiter, int quote,
    uint32_t *positions, uint32_t *breaks);
bool annals_has_odd_quotes_wide(const uint8_t *bytes, int64_t count, uint8_t quote);

/// As `annals_index_fields_as`, compiled once for each form.
static inline annals_fields annals_index_fields(
    const uint8_t *bytes, int64_t length, bool is_end, uint8_t delimiter, int quote,
    uint32_t *positions, uint32_t *breaks, annals_form form) {
  switch (form) {
    case annals_form_wide:
      return annals_index_fields_wide(bytes, length, is_end, delimiter, quote, positions, breaks);
    case annals_form_baseline:
      return annals_index_fields_as(
          bytes, length, is_end, delimiter, quote, positions, breaks, annals_form_baseline);
    case annals_form_portable: break;
  }
  return annals_index_fields_as(
      bytes, length, is_end, delimiter, quote, positions, breaks, annals_form_portable);
}

/// As `annals_has_odd_quotes_as`, compiled once for each form.
static inline bool annals_has_odd_quotes(
    const uint8_t *bytes, int64_t count, uint8_t quote, annals_form form) {
  switch (form) {
    case annals_form_wide: return annals_has_odd_quotes_wide(bytes, count, quote);
    case annals_form_baseline:
      return annals_has_odd_quotes_as(bytes, count, quote, annals_form_baseline);
    case annals_form_portable: break;
  }
  return annals_has_odd_quotes_as(bytes, count, quote, annals_form_portable);
}

#endif
