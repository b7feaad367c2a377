// The matcher of Lua's patterns.
//
// Lua's own can backtrack for years without running a single instruction of its machine, so that no
// hook ends it. This one counts its steps. It has to give what Lua's gives, to the messages of its
// errors and to the depth at which a pattern is too complex; a test compares the two.

#include "patterns.h"

#include <string.h>

ANNALS_RAISING_BEGIN

enum { ANNALS_MATCH_DEPTH = 200 };

static const char *annals_match_here(annals_match *match, const char *s, const char *p);

static inline void annals_step(annals_match *match) {
  annals_spend(match->L, match->context, 1);
}

void annals_match_begin(
    annals_match *match, lua_State *L, const char *subject, size_t subject_count,
    const char *pattern, size_t pattern_count) {
  match->L = L;
  match->context = annals_of(L);
  match->start = subject;
  match->end = subject + subject_count;
  match->pattern_end = pattern + pattern_count;
  match->level = 0;
  match->depth = ANNALS_MATCH_DEPTH;
}

/// Matches the pattern at one place of the subject. Returns the end of the match, or null.
/// Stack: 0. Raises: wrong patterns, and the stop value.
const char *annals_match_at(annals_match *match, const char *place, const char *pattern) {
  match->level = 0;
  match->depth = ANNALS_MATCH_DEPTH;
  return annals_match_here(match, place, pattern);
}

/// The end of the single-character class that begins at `p`.
static const char *annals_class_end(annals_match *match, const char *p) {
  if (*p++ == '%') {
    if (p == match->pattern_end)
      luaL_error(match->L, "malformed pattern (ends with '%%')");
    return p + 1;
  }
  if (p[-1] != '[') return p;
  if (*p == '^') p++;
  do {  // a `]` that comes first stands for itself
    if (p == match->pattern_end) luaL_error(match->L, "malformed pattern (missing ']')");
    if (*p++ == '%' && p < match->pattern_end) p++;
  } while (*p != ']');
  return p + 1;
}

static inline bool annals_is_between(int c, int first, int last) {
  return (unsigned)(c - first) <= (unsigned)(last - first);
}

/// Whether `c` is in the class of a letter, as in the locale `C`, whatever that of the process is.
static inline bool annals_in_class(int c, int class) {
  enum { SMALL = 'a' - 'A' };
  bool is_in;
  bool is_letter = annals_is_between(c | SMALL, 'a', 'z'), is_digit = annals_is_between(c, '0', '9');
  switch (class | SMALL) {
    case 'a': is_in = is_letter; break;
    case 'c': is_in = c < ' ' || c == 127; break;
    case 'd': is_in = is_digit; break;
    case 'g': is_in = annals_is_between(c, '!', '~'); break;
    case 'l': is_in = annals_is_between(c, 'a', 'z'); break;
    case 'p': is_in = annals_is_between(c, '!', '~') && !is_letter && !is_digit; break;
    case 's': is_in = c == ' ' || annals_is_between(c, '\t', '\r'); break;
    case 'u': is_in = annals_is_between(c, 'A', 'Z'); break;
    case 'w': is_in = is_letter || is_digit; break;
    case 'x': is_in = is_digit || annals_is_between(c | SMALL, 'a', 'f'); break;
    case 'z': is_in = c == 0; break;  // from Lua 5.1, and still understood
    default: return class == c;
  }
  return (class & SMALL) == 0 ? !is_in : is_in;
}

/// Whether `c` is in the set from `[` at `p` to `]` at `last`.
static bool annals_in_set(int c, const char *p, const char *last) {
  bool found = true;
  if (p[1] == '^') {
    found = false;
    p++;
  }
  while (++p < last) {
    if (*p == '%') {
      p++;
      if (annals_in_class(c, (unsigned char)*p)) return found;
    } else if (p[1] == '-' && p + 2 < last) {
      p += 2;
      if ((unsigned char)p[-2] <= c && c <= (unsigned char)*p) return found;
    } else if ((unsigned char)*p == c) {
      return found;
    }
  }
  return !found;
}

/// Whether the character at `s` matches the class from `p` to `class_end`.
static inline bool annals_matches_one(
    annals_match *match, const char *s, const char *p, const char *class_end) {
  if (s >= match->end) return false;
  int c = (unsigned char)*s;
  switch (*p) {
    case '.': return true;
    case '%': return annals_in_class(c, (unsigned char)p[1]);
    case '[':
      // A set may be as long as the pattern.
      annals_spend(match->L, match->context, class_end - p);
      return annals_in_set(c, p, class_end - 1);
    default: return (unsigned char)*p == c;
  }
}

/// `%bxy`: a text that begins with x, ends with y, and holds as many of both.
static const char *annals_match_balance(annals_match *match, const char *s, const char *p) {
  if (p >= match->pattern_end - 1)
    luaL_error(match->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= match->end || *s != *p) return NULL;
  int open = 1;
  while (++s < match->end) {
    annals_step(match);
    if (*s == p[1]) {
      if (--open == 0) return s + 1;
    } else if (*s == *p) {
      open++;
    }
  }
  return NULL;
}

static const char *annals_match_most(
    annals_match *match, const char *s, const char *p, const char *class_end) {
  enum { AT_ONCE = 256 };  // steps that are counted together
  ptrdiff_t count = 0;
  while (annals_matches_one(match, s + count, p, class_end)) {
    count++;
    if (count % AT_ONCE == 0) annals_spend(match->L, match->context, AT_ONCE);
  }
  annals_spend(match->L, match->context, count % AT_ONCE);
  for (; count >= 0; count--) {
    annals_step(match);
    const char *end = annals_match_here(match, s + count, class_end + 1);
    if (end != NULL) return end;
  }
  return NULL;
}

static const char *annals_match_least(
    annals_match *match, const char *s, const char *p, const char *class_end) {
  for (;; s++) {
    annals_step(match);
    const char *end = annals_match_here(match, s, class_end + 1);
    if (end != NULL) return end;
    if (!annals_matches_one(match, s, p, class_end)) return NULL;
  }
}

static const char *annals_open_capture(
    annals_match *match, const char *s, const char *p, ptrdiff_t kind) {
  if (match->level >= ANNALS_MOST_CAPTURES) luaL_error(match->L, "too many captures");
  match->captures[match->level].start = s;
  match->captures[match->level].count = kind;
  match->level++;
  const char *end = annals_match_here(match, s, p);
  if (end == NULL) match->level--;
  return end;
}

static const char *annals_close_capture(annals_match *match, const char *s, const char *p) {
  int index = match->level - 1;
  while (index >= 0 && match->captures[index].count != ANNALS_CAPTURE_OPEN) index--;
  if (index < 0) luaL_error(match->L, "invalid pattern capture");
  match->captures[index].count = s - match->captures[index].start;
  const char *end = annals_match_here(match, s, p);
  if (end == NULL) match->captures[index].count = ANNALS_CAPTURE_OPEN;
  return end;
}

/// `%1` to `%9`: the text of an earlier capture again.
static const char *annals_match_again(annals_match *match, const char *s, int digit) {
  int index = digit - '1';
  if (index < 0 || index >= match->level || match->captures[index].count == ANNALS_CAPTURE_OPEN)
    luaL_error(match->L, "invalid capture index %%%d", index + 1);
  size_t count = (size_t)match->captures[index].count;
  if ((size_t)(match->end - s) < count) return NULL;
  annals_spend(match->L, match->context, (int64_t)(count / 16));
  return memcmp(match->captures[index].start, s, count) == 0 ? s + count : NULL;
}

/// `%f[set]`: the place where a run of characters of the set begins.
static bool annals_at_frontier(annals_match *match, const char *s, const char *p, const char *end) {
  int before = s == match->start ? 0 : (unsigned char)s[-1];
  int after = s == match->end ? 0 : (unsigned char)*s;
  annals_spend(match->L, match->context, end - p);
  return !annals_in_set(before, p, end - 1) && annals_in_set(after, p, end - 1);
}

/// Matches what begins with `%` and is no class. Returns false if it is a class after all; else sets
/// `s` to where the match goes on, null if it fails, and `p` to the rest of the pattern.
static bool annals_match_special(annals_match *match, const char **s, const char **p) {
  switch ((*p)[1]) {
    case 'b':
      *s = annals_match_balance(match, *s, *p + 2);
      *p += 4;
      return true;
    case 'f': {
      *p += 2;
      if (**p != '[') luaL_error(match->L, "missing '[' after '%%f' in pattern");
      const char *end = annals_class_end(match, *p);
      if (!annals_at_frontier(match, *s, *p, end)) *s = NULL;
      *p = end;
      return true;
    }
    case '0': case '1': case '2': case '3': case '4':
    case '5': case '6': case '7': case '8': case '9':
      *s = annals_match_again(match, *s, (unsigned char)(*p)[1]);
      *p += 2;
      return true;
    default: return false;
  }
}

/// Matches a class and what follows it. Returns false if the match is decided, with its end in `s`;
/// else the pattern goes on at `p`.
static bool annals_match_class(annals_match *match, const char **s, const char **p) {
  const char *class = *p, *end = annals_class_end(match, class);
  if (!annals_matches_one(match, *s, class, end)) {
    bool may_lack = *end == '*' || *end == '?' || *end == '-';
    if (!may_lack) *s = NULL;
    *p = end + 1;
    return may_lack;
  }
  switch (*end) {
    case '+': *s = annals_match_most(match, *s + 1, class, end); return false;
    case '*': *s = annals_match_most(match, *s, class, end); return false;
    case '-': *s = annals_match_least(match, *s, class, end); return false;
    case '?': {
      const char *rest = annals_match_here(match, *s + 1, end + 1);
      *p = end + 1;
      if (rest == NULL) return true;
      *s = rest;
      return false;
    }
    default:
      *s += 1;
      *p = end;
      return true;
  }
}

/// Matches the rest `p` of a pattern at `s`. Returns the end of the match, or null.
static const char *annals_match_here(annals_match *match, const char *s, const char *p) {
  if (match->depth-- == 0) luaL_error(match->L, "pattern too complex");
  bool goes_on = true;
  while (goes_on && s != NULL && p != match->pattern_end) {
    annals_step(match);
    if (*p == '(') {
      bool is_position = p[1] == ')';
      s = annals_open_capture(
          match, s, p + (is_position ? 2 : 1),
          is_position ? ANNALS_CAPTURE_POSITION : ANNALS_CAPTURE_OPEN);
      goes_on = false;
    } else if (*p == ')') {
      s = annals_close_capture(match, s, p + 1);
      goes_on = false;
    } else if (*p == '$' && p + 1 == match->pattern_end) {
      if (s != match->end) s = NULL;
      goes_on = false;
    } else if (*p != '%' || !annals_match_special(match, &s, &p)) {
      goes_on = annals_match_class(match, &s, &p);
    }
  }
  match->depth++;
  return s;
}

/// The text of a capture, or of the whole match if there is none at all. Returns its length, or
/// `ANNALS_CAPTURE_POSITION` with the position on the stack.
/// Stack: 0 or +1. Raises: wrong captures.
ptrdiff_t annals_capture(
    annals_match *match, int index, const char *from, const char *to, const char **bytes) {
  if (index >= match->level) {
    if (index != 0) luaL_error(match->L, "invalid capture index %%%d", index + 1);
    *bytes = from;
    return to - from;
  }
  ptrdiff_t count = match->captures[index].count;
  *bytes = match->captures[index].start;
  if (count == ANNALS_CAPTURE_OPEN) luaL_error(match->L, "unfinished capture");
  if (count == ANNALS_CAPTURE_POSITION)
    lua_pushinteger(match->L, *bytes - match->start + 1);
  return count;
}

/// Pushes all captures; the whole match if there are none and `from` is given.
/// Stack: +n. Raises: memory, wrong captures. Returns n.
int annals_push_captures(annals_match *match, const char *from, const char *to) {
  int count = match->level == 0 && from != NULL ? 1 : match->level;
  luaL_checkstack(match->L, count, "too many captures");
  for (int i = 0; i < count; i++) {
    const char *bytes;
    ptrdiff_t length = annals_capture(match, i, from, to, &bytes);
    if (length != ANNALS_CAPTURE_POSITION) lua_pushlstring(match->L, bytes, (size_t)length);
  }
  return count;
}

ANNALS_RAISING_END
