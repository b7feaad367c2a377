#!/usr/bin/env python3
"""Compares plain Lua under our limits with stock Lua, and says how long a new state takes.

    plain.py [--rounds 7] [LOOP...]

Both run the scripts of `loops/` by turns; what is compared is the user time of the process less that of
an empty script, the median over rounds of the ratio of one round. `state` is a new Lua state, and `run` a
whole run of the smallest script, as `AnnalsRunsCheck` measures them.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent / ".build/release"
EMPTY = "startup"


def user_seconds(command):
    """The user time of a process, and what it printed."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, cwd=HERE.parent)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime, text


def ratio(options, loop, turn):
    """How much longer ours takes than stock Lua, and stock Lua's time; who begins takes turns."""
    script = HERE / f"loops/{loop}.lua"
    commands = {"ours": [options.program, "run", script], "lua": ["lua5.4", script]}
    order = list(commands) if turn % 2 == 0 else list(reversed(commands))
    spent = {who: user_seconds(commands[who]) for who in order}
    if spent["ours"][1] != spent["lua"][1]:
        sys.exit(f"{loop}: ours prints something else")
    ours, lua = (max(spent[who][0] - options.empty[who], 1e-3) for who in ("ours", "lua"))
    return ours / lua, lua


def starts(options):
    """Microseconds for a new state and for a run, the median of a few."""
    found = {"state": [], "run": []}
    for _ in range(options.rounds):
        _, text = user_seconds([options.runs_check, "Datasets/kazakhstan-2022", "starts"])
        for name, value in re.findall(r"a new (state|run): (\d+) µs", text.decode()):
            found[name].append(int(value))
    return {name: statistics.median(values) for name, values in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    loops = sorted(path.stem for path in HERE.glob("loops/*.lua") if path.stem != EMPTY)
    parser.add_argument("loops", nargs="*", metavar="LOOP", default=loops)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--program", type=pathlib.Path, default=BUILD / "annals")
    parser.add_argument("--runs-check", type=pathlib.Path, default=BUILD / "AnnalsRunsCheck")
    options = parser.parse_args()
    thresholds = json.loads((HERE / "thresholds.json").read_text())["plain"]
    empty = HERE / f"loops/{EMPTY}.lua"
    options.empty = {
        "ours": statistics.median(
            user_seconds([options.program, "run", empty])[0] for _ in range(options.rounds)),
        "lua": 0}
    is_kept = True
    print("| loop | lua5.4 | ratio | at most |\n| --- | ---: | ---: | ---: |")
    for loop in options.loops:
        pairs = [ratio(options, loop, turn) for turn in range(options.rounds)]
        middle = statistics.median(pair[0] for pair in pairs)
        is_kept = is_kept and middle <= thresholds["loop"]
        seconds = statistics.median(pair[1] for pair in pairs)
        print(f"| {loop} | {seconds:.2f} s | {middle:.2f} | {thresholds['loop']:.2f} |", flush=True)
    for name, value in starts(options).items():
        is_kept = is_kept and value <= thresholds[name]
        print(f"| a new {name} | | {value:.0f} µs | {thresholds[name]} µs |")
    sys.exit(0 if is_kept else 1)


if __name__ == "__main__":
    main()
