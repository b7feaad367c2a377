#ifndef ANNALS_PATTERNS_H
#define ANNALS_PATTERNS_H

// Lua's patterns, matched so that the end of a run is noticed.

#include "context.h"

enum {
  ANNALS_MOST_CAPTURES = 32,
  ANNALS_CAPTURE_OPEN = -1,      // no `)` yet
  ANNALS_CAPTURE_POSITION = -2,  // of `()`
};

/// One search for a pattern in a subject. Both texts stay on the Lua stack while it lasts.
typedef struct annals_match {
  lua_State *L;
  annals_context *context;
  const char *start, *end;  // of the subject
  const char *pattern_end;
  int depth;                // calls that may still nest
  int level;                // captures that were opened
  struct {
    const char *start;
    ptrdiff_t count;  // or one of the two above
  } captures[ANNALS_MOST_CAPTURES];
} annals_match;

void annals_match_begin(
    annals_match *match, lua_State *L, const char *subject, size_t subject_count,
    const char *pattern, size_t pattern_count);
const char *annals_match_at(annals_match *match, const char *place, const char *pattern);
ptrdiff_t annals_capture(
    annals_match *match, int index, const char *from, const char *to, const char **bytes);
int annals_push_captures(annals_match *match, const char *from, const char *to);

#endif
