#define _GNU_SOURCE
#include "annals_program.h"

#include <link.h>
#include <string.h>

enum { ANNALS_UNLOADED = '0', ANNALS_LOADED = '1' };

/// Found in the file by the words, of which the program has no second copy.
static volatile const struct {
  char words[39];
  char state;
} annals_fuse = {"annals: what is appended here is run: ", ANNALS_UNLOADED};

bool annals_is_loaded(void) { return annals_fuse.state == ANNALS_LOADED; }

bool annals_load_program(uint8_t *bytes, size_t byte_count) {
  const void *words = (const void *)annals_fuse.words;
  size_t count = sizeof annals_fuse.words;
  uint8_t *found = memmem(bytes, byte_count, words, count);
  if (found == NULL) return false;
  uint8_t *state = found + count;
  size_t rest = byte_count - (size_t)(state - bytes);
  if (rest == 0 || memmem(state, rest, words, count) != NULL) return false;
  *state = ANNALS_LOADED;
  return true;
}

/// Ends the search at a library. The program itself and what the kernel lends have no path.
static int annals_is_library(struct dl_phdr_info *object, size_t size, void *nothing) {
  return object->dlpi_name != NULL && object->dlpi_name[0] == '/';
}

bool annals_needs_libraries(void) { return dl_iterate_phdr(annals_is_library, NULL) != 0; }
