// A terminal that hands over each key at once, and what becomes of it when signals come.
#ifndef ANNALS_TERMINAL_H
#define ANNALS_TERMINAL_H

/// Takes the terminal of standard input into raw mode: no echo, no lines, no signals from keys, and pasted
/// text in brackets. May be called again while in raw mode, to take it again after a stop.
///
/// Why here: until the terminal is left, signals that end or stop the process give it back as it was, and a
/// signal handler must be C.
/// Gives 0 or the negative error number.
int annals_terminal_enter(void);

/// Gives the terminal and the signals back as they were. Does nothing if it was not taken.
void annals_terminal_leave(void);

/// A descriptor from which a byte can be read for each change while in raw mode: `w` when the terminal
/// has another size, `c` when the process goes on after a stop.
int annals_terminal_changes(void);

#endif
