/// What the keys of the editor do, for those who ask.
package enum EditorKeys {
  /// Keys, and what they do, in an order to be read.
  package static let all: [(keys: String, deed: String)] = [
    ("Enter", "sends the block if it is complete, else begins a new line"),
    ("Alt-Enter", "begins a new line"),
    ("Tab", "completes, or lists what fits; Tab, Shift-Tab and arrows choose, Esc leaves"),
    ("Right, End", "at the end: take the faint rest of an earlier block; Alt-F takes a word of it"),
    ("Up, Down", "move in the block, and beyond it through earlier blocks"),
    ("PageUp, PageDown", "go through earlier blocks"),
    ("Ctrl-R", "searches earlier blocks; again for an older one"),
    ("Ctrl-A, Ctrl-E", "go to the start or end of the line"),
    ("Alt-B, Alt-F", "go by words, as Ctrl-Left and Ctrl-Right do"),
    ("Alt-<, Alt->", "go to the start or end of the block"),
    ("Ctrl-W, Alt-D", "cut the word before or after the cursor"),
    ("Ctrl-U, Ctrl-K", "cut to the start or end of the line"),
    ("Ctrl-Y, Alt-Y", "put in what was cut, and then what was cut before it"),
    ("Ctrl-_, Alt-/", "undo, and do again"),
    ("Ctrl-T", "exchanges the characters around the cursor"),
    ("Alt-U, Alt-L, Alt-C", "make a word large, small, or large at its start"),
    ("Ctrl-L", "clears the screen"),
    ("Ctrl-C", "drops the block; Ctrl-Y puts it in again"),
    ("Ctrl-D", "leaves, if nothing is typed"),
    ("Ctrl-Z", "stops the program until `fg`"),
  ]
}
