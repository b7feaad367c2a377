// Making and ending states.

#include <stdio.h>
#include <stdlib.h>

#include "context.h"

ANNALS_RAISING_BEGIN

/// Why here: the panic function must be C. It is never reached, since every call is protected.
/// Stack: 0. Raises: never; Lua then aborts.
static int annals_panic(lua_State *L) {
  (void)L;
  fputs("annals: a Lua error left every protected call\n", stderr);
  return 0;
}

static bool annals_note_open(annals_note *note, size_t capacity) {
  note->bytes = malloc(capacity);
  note->capacity = note->bytes == NULL ? 0 : capacity;
  return note->bytes != NULL;
}

static bool annals_open_notes(annals_context *context) {
  return annals_note_open(&context->name, ANNALS_PLACE_BYTES) &&
         annals_note_open(&context->message, ANNALS_MESSAGE_BYTES) &&
         annals_note_open(&context->at, ANNALS_PLACE_BYTES) &&
         annals_note_open(&context->fix, ANNALS_MESSAGE_BYTES) &&
         annals_note_open(&context->trace, ANNALS_TRACE_BYTES) &&
         annals_note_open(&context->place, ANNALS_PLACE_BYTES) &&
         annals_note_open(&context->refused_at, ANNALS_PLACE_BYTES);
}

/// Frees everything but the Lua state.
static void annals_free(annals_context *context) {
  if (context->bell != NULL) annals_drop_bell(context->bell);
  free(context->name.bytes);
  free(context->message.bytes);
  free(context->at.bytes);
  free(context->fix.bytes);
  free(context->trace.bytes);
  free(context->place.bytes);
  free(context->refused_at.bytes);
  free(context->values);
  free(context->bytes);
  free(context->free_slots);
  annals_heap_end(&context->heap);
  free(context);
}

/// Why here: opening the libraries allocates, and so may raise.
/// Stack: 0. Raises: memory.
static int annals_fill_state(lua_State *L) {
  annals_context *context = annals_of(L);
  // Lua makes this text when all else has failed; once anchored it costs no memory then.
  lua_pushliteral(L, "error in error handling");
  luaL_ref(L, LUA_REGISTRYINDEX);
  lua_createtable(L, 64, 0);
  context->references = luaL_ref(L, LUA_REGISTRYINDEX);
  annals_open_errors(L);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, annals_box_gc);
  lua_setfield(L, -2, "__gc");
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_function_key);
  if (context->trusted) {
    annals_open_all(L);
    return 0;
  }
  lua_pushliteral(L, "__call");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &annals_call_key);
  annals_strengthen(L);
  annals_open_serials(L);
  annals_open_libraries(L);
  return 0;
}

/// Makes a state with its libraries: those of scripts from strangers, or all of Lua's, unchanged, if
/// the script is trusted. Returns null and says why if that fails.
annals_context *annals_open(
    annals_host host, annals_limits limits, bool trusted, annals_kind *failure) {
  *failure = ANNALS_KIND_MEMORY;
  annals_context *context = calloc(1, sizeof *context);
  if (context == NULL) return NULL;
  context->host = host;
  context->trusted = trusted;
  context->limits = limits;
  context->bell = annals_bell_new();
  context->watch.bell = context->bell;
  if (context->bell != NULL && annals_open_notes(context)) {
    context->relaxed = true;  // while there is no thread to look into
    context->main = annals_make_main(context);
    context->running = context->main;
    context->relaxed = false;
  }
  if (context->main == NULL) {
    annals_free(context);
    return NULL;
  }
  lua_atpanic(context->main, annals_panic);
  *(annals_context **)lua_getextraspace(context->main) = context;
  if (lua_version(context->main) != 504) {
    *failure = ANNALS_KIND_HOST;
    annals_close(context);
    return NULL;
  }
  lua_pushcfunction(context->main, annals_fill_state);
  if (lua_pcall(context->main, 0, 0, 0) != LUA_OK) {
    annals_close(context);
    return NULL;
  }
  annals_begin(context, limits);
  return context;
}

/// Ends a state: releases every Swift object that it holds. Limits no longer hold. A confined script has
/// no finalisers, and ours do nothing else, so Lua need not go through all that such a script has left.
/// Why here: runs `__gc`. Stack: all. Raises: never.
void annals_close(annals_context *context) {
  context->relaxed = true;
  annals_watch_set(&context->watch, 0);
  context->value_floor = 0;
  annals_cut(context);
  lua_sethook(context->main, NULL, 0, 0);
  if (context->trusted) lua_close(context->main);
  annals_release_owned(context);
  annals_free(context);
}

int annals_version(annals_context *context) { return (int)lua_version(context->main); }

int annals_depth(annals_context *context) { return context->depth; }

size_t annals_heap_bytes(annals_context *context) { return context->used; }

size_t annals_lent(annals_context *context) { return context->lent; }

void annals_lend(annals_context *context, size_t bytes) { context->lent = bytes; }

ANNALS_RAISING_END
