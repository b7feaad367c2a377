#!/usr/bin/env python3
"""Types into the console at a terminal of its own, and measures how long each key takes until it is painted.

    keys.py [--rows 1e7] [--rounds 5] [--check]

Each round is a console of its own, so that the first completion of a column, which reads it, is measured
as often as the later ones. What is printed is the median over rounds of the wall's clock and of the
processor time of the whole process; `worst` is the slowest of all keys of that kind, by the processor, since on
a shared machine the wall's clock also counts what others do. `--check` ends with status 1 if a median of
processor time is over its limit.
"""
import argparse
import collections
import fcntl
import os
import pathlib
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time

from compare import PROGRAM, WORK

# Milliseconds: from a key to its paint, and to the completions that it asked for.
LIMITS = {"key": 5, "completion": 30}
# The program is looked at so often, in seconds; it is done once it has neither written nor worked since.
LOOK = 0.004
PATIENCE = 60
# Bytes that any terminal takes at once.
WRITTEN = 1024

# What is typed before Tab is pressed, by what is completed.
COMPLETED = [
    ("name", "da"), ("table", "data.ev"), ("verb", "data.events:"),
    ("column", 'data.events:where("act'),
    ("column after verbs", 'data.events:where("fatalities > 0"):count("country"):sort("-'),
    ("few texts", "data.events:where(\"event_type == 'V"),
    ("many texts", "data.events:where(\"actor1 == 'Rebels of N"),
    ("most texts", "data.events:where(\"location == 'No"),
    ("other texts", "data.events:where(\"notes == 'Pro"),
    ("keys", "data.events:where(\"event_id == 'UKR10"),
]


class Console:
    """A console at a terminal that is ours."""

    def __init__(self, program, data, home):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", HOME=home, LC_ALL="C.UTF-8")
            os.execv(program, [program, "console", "--data", data])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.read_until(b"leaves.", PATIENCE)
        self.send("")

    def read_until(self, wanted, patience):
        seen, end = b"", time.perf_counter() + patience
        while wanted not in seen:
            if not select.select([self.terminal], [], [], end - time.perf_counter())[0]:
                sys.exit(f"the console did not show {wanted!r}, but {seen[-400:]!r}")
            seen += os.read(self.terminal, 1 << 16)

    def send(self, text):
        """Writes keys, and when the last byte of their paint came; nothing if none came.

        A terminal takes only so many keys at once and holds only so much paint, so both go by turns.
        """
        left, last, used = text.encode(), None, None
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            reads, writes, _ = select.select([self.terminal], [self.terminal] if left else [], [], LOOK)
            if reads:
                os.read(self.terminal, 1 << 16)
                last = time.perf_counter()
            elif not writes and (last or not text) and used == (used := self.processor_seconds()):
                return last
            if writes:
                left = left[os.write(self.terminal, left[:WRITTEN]):]
        return last

    def processor_seconds(self):
        """What all threads have used, as the scheduler counts it."""
        seconds = 0
        for task in pathlib.Path(f"/proc/{self.process}/task").iterdir():
            try:
                seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
            except FileNotFoundError:
                pass  # the thread has ended
        return seconds

    def press(self, key):
        """Milliseconds until the last byte of the paint, and of the processor."""
        used, start = self.processor_seconds(), time.perf_counter()
        last = self.send(key)
        if last is None:
            sys.exit(f"nothing was painted after {key!r}")
        return (last - start) * 1e3, (self.processor_seconds() - used) * 1e3

    def clear(self):
        """Drops what is typed."""
        self.send("\x03")

    def leave(self):
        os.write(self.terminal, b"\x04")
        while True:
            try:
                if not os.read(self.terminal, 1 << 16):
                    break
            except OSError:
                break  # the other end is closed
        os.waitpid(self.process, 0)


def measure(console, note):
    for name, text in COMPLETED:
        for time_of in ("first", "again"):
            for letter in text:
                note("key", "letters", console.press(letter))
            note("completion", f"{name}, {time_of}", console.press("\t"))
            console.clear()
    pasted = "x = [[\n" + "-- protest in Алматы\n" * 1_000
    console.press("\x1b[200~" + pasted + "\x1b[201~")
    for _ in range(5):
        note("key", "letters in 1,000 lines", console.press("x"))
        note("key", "Up in 1,000 lines", console.press("\x1b[A"))
    console.clear()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--data", type=pathlib.Path, default=WORK / "data")
    parser.add_argument("--program", default=str(PROGRAM))
    options = parser.parse_args()
    figures = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as home:
        for _ in range(options.rounds):
            data = options.data / f"events_{int(options.rows)}-annals.arrow"
            console = Console(options.program, str(data), home)
            measure(console, lambda kind, name, times: figures[kind, name].append(times))
            console.leave()
    failed = False
    print(f"{'kind':<12}{'what':<28}{'wall ms':>9}{'cpu ms':>9}{'worst':>9}")
    for (kind, name), times in figures.items():
        wall = statistics.median(wall for wall, _ in times)
        processor = statistics.median(used for _, used in times)
        is_over = processor > LIMITS[kind]
        failed = failed or is_over
        print(f"{kind:<12}{name:<28}{wall:9.2f}{processor:9.2f}{max(used for _, used in times):9.2f}"
              + ("  over" if is_over else ""))
    if options.check and failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
