#!/usr/bin/env python3
"""Shows how many times quicker our program is at two threads than at one.

    scaling.py [--rows 1e7] [--pairs 5] [JOB...]     load, q1, q2, q4 unless told

Each pair runs one thread and two threads by turns, and beside them a control that does nothing but add
up memory, with the same threads. Where the control does not gain at least 1.8 times, the machine did not
have two cores' memory to give at that moment: the pair is void, and another is run, at most four times
the pairs that are wanted. A job that finds too few pairs makes the run void.
"""
import argparse
import pathlib
import statistics
import sys
import threading
import time

import numpy

from compare import HERE, PROGRAM, WORK, Process

CONTROL_AT_LEAST = 1.8
TRIES = 4
# What we want to gain, by the wall's clock.
GAIN_AT_LEAST = {"load": 1.6}
QUESTIONS_GAIN_AT_LEAST = 1.5


class Control:
    """Adds up more memory than any cache holds."""

    def __init__(self, byte_count, times):
        self.values = numpy.ones(byte_count // 8, dtype=numpy.int64)
        self.times = times

    def seconds(self, thread_count):
        parts = numpy.array_split(self.values, thread_count)

        def work(part):
            for _ in range(self.times):
                part.sum()  # numpy lets other threads run meanwhile

        threads = [threading.Thread(target=work, args=(part,)) for part in parts]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - start


def seconds_of(options, job, thread_count):
    """From the start of the program until the file is there, or for a further answer."""
    events = options.data / f"events_{int(options.rows)}"
    data = f"{events}.csv" if job == "load" else f"{events}{options.ending}"
    command = [options.program, "run", HERE / f"questions/{job}.lua", "--threads", thread_count,
               "--data", data]
    process = Process(command + ["--times", options.times], {})
    walls = {word: usage.wall for word, _, usage in process.marks()}
    process.end()
    if job == "load":
        return walls["again"] - process.start.wall
    return (walls["done"] - walls["again"]) / options.times


def read_once(path):
    """So that no one waits for the disk."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 24):
            pass


def measured(options, job, control):
    """The gains of the job and of the control in the pairs that count, and how many were void."""
    if job == "load":
        read_once(options.data / f"events_{int(options.rows)}.csv")
    gains, controls, void_count = [], [], 0
    for number in range(options.pairs * TRIES):
        # Who goes first takes turns too.
        order = (1, 2) if number % 2 == 0 else (2, 1)
        bare = {count: control.seconds(count) for count in order}
        ours = {count: seconds_of(options, job, count) for count in order}
        gain, bare_gain = ours[1] / ours[2], bare[1] / bare[2]
        is_void = bare_gain < CONTROL_AT_LEAST
        print(f"{job} pair {number + 1}: {ours[1] * 1000:.1f} ms and {ours[2] * 1000:.1f} ms, "
              f"gain {gain:.2f}, control {bare_gain:.2f}{', void' if is_void else ''}", file=sys.stderr)
        if is_void:
            void_count += 1
            continue
        gains.append(gain)
        controls.append(bare_gain)
        if len(gains) == options.pairs:
            break
    return gains, controls, void_count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", metavar="JOB", default=["load", "q1", "q2", "q4"])
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--times", type=int, default=20, help="how often a question is asked")
    parser.add_argument("--data", type=pathlib.Path, default=WORK / "data")
    parser.add_argument("--ending", default=".arrow", help="the file that questions are asked of")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    options = parser.parse_args()
    control = Control(1 << 28, 8)
    is_kept, is_void = True, False
    print("| job | gain | at least | control | pairs | void |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for job in options.jobs:
        gains, controls, void_count = measured(options, job, control)
        wanted = GAIN_AT_LEAST.get(job, QUESTIONS_GAIN_AT_LEAST)
        is_void = is_void or len(gains) < options.pairs
        gain, bare = (statistics.median(some) if some else float("nan") for some in (gains, controls))
        is_kept = is_kept and gain >= wanted
        print(f"| {job} | {gain:.2f} | {wanted:.2f} | {bare:.2f} | {len(gains)} | {void_count} |", flush=True)
    if is_void:
        print(f"\nvoid: the control gained {CONTROL_AT_LEAST} times in too few pairs")
        sys.exit(2)
    sys.exit(0 if is_kept else 1)


if __name__ == "__main__":
    main()
