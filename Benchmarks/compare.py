#!/usr/bin/env python3
"""Runs our program and its peers by turns on the same data and prints how they compare.

    compare.py --check [--rows 1e5]       all must give the same answers
    compare.py [--rows 1e7] [JOB...]      measures; see README.md for how to read what it prints

Every figure is taken from outside of the program that it is about: the processor time that the system
counts for the process, and the wall's clock, between two lines that the program prints.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
WORK = HERE / ".build"
PROGRAM = HERE.parent / ".build/release/annals"
TICK = 1 / os.sysconf("SC_CLK_TCK")

QUESTIONS = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "sort", "join", "window"]
# How the name of a file ends that `annals convert` has made; the peers' own are made by `generate.py`.
CONVERTED = "-annals.arrow"
# Asked of the table of `generate_groups.py`.
GROUPS = [f"g{number}" for number in range(1, 11)]
JOBS = ["load", "open"] + QUESTIONS + ["loop", "startup"] + GROUPS
# Whoever answers the questions, and up to how many rows it is run.
ANSWERERS = {
    "polars text": ("polars_peer.py", "text", 1e8), "polars coded": ("polars_peer.py", "coded", 1e8),
    "duckdb text": ("duckdb_peer.py", "text", 1e8), "duckdb coded": ("duckdb_peer.py", "coded", 1e8),
}
GROUPERS = {
    who: (program.replace("_peer", "_groups"), variant, limit)
    for who, (program, variant, limit) in ANSWERERS.items()}
LOADERS = {
    "polars text": ("polars_peer.py", "load", 1e8), "polars coded": ("polars_peer.py", "load-coded", 1e8),
    "duckdb": ("duckdb_peer.py", "load", 1e8),
}
OPENERS = {
    "polars scan": ("polars_peer.py", "scan", 1e8), "polars read": ("polars_peer.py", "read", 1e8),
    "polars parquet": ("polars_peer.py", "scan-parquet", 1e8),
    "duckdb database": ("duckdb_peer.py", "database", 1e8),
    "duckdb parquet": ("duckdb_peer.py", "parquet", 1e8),
}
PANDAS = {"pandas": ("pandas_peer.py", "q6", 1e6)}


class Usage:
    """What a process has used so far, as the system counts it."""

    def __init__(self, user, system, wall):
        self.user, self.system, self.wall = user, system, wall

    @classmethod
    def of(cls, process):
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return cls(int(fields[11]) * TICK, int(fields[12]) * TICK, time.perf_counter())

    def minus(self, earlier, times=1):
        return Usage((self.user - earlier.user) / times, (self.system - earlier.system) / times,
                     (self.wall - earlier.wall) / times)


class Process:
    """A program that says by lines how far it is."""

    def __init__(self, command, environment):
        self.start = Usage(0, 0, time.perf_counter())
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(os.environ, **environment), cwd=HERE.parent)
        self.command = command

    def marks(self):
        """(word, job, usage) for each line, with the usage at that time."""
        for line in self.process.stdout:
            words = line.decode().split()
            if words and words[0] in ("first", "again", "done"):
                yield words[0], (words[1] if len(words) > 1 else None), Usage.of(self.process.pid)

    def finish(self):
        """Lets it run to its end, as :meth:`end` gives it."""
        self.process.stdout.read()
        return self.end()

    def end(self):
        """The usage of the whole process, and its peak of memory in MB."""
        errors = self.process.stderr.read().decode()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            sys.exit(f"failed: {' '.join(map(str, self.command))}\n{errors}")
        whole = Usage(usage.ru_utime, usage.ru_stime, time.perf_counter()).minus(self.start)
        return whole, usage.ru_maxrss / 1024


def spent(command):
    """The usage of a program from its start to its end, and its peak of memory in MB.

    Started and waited for by the system's own calls, since :class:`Process` takes a good part of a short
    run for itself."""
    parts = [str(part) for part in command]
    start = time.perf_counter()
    process = os.posix_spawnp(parts[0], parts, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"failed: {' '.join(parts)}")
    return Usage(usage.ru_utime, usage.ru_stime, wall), usage.ru_maxrss / 1024


class Figures:
    """What was measured of one program at one job, a value a round."""

    def __init__(self):
        self.values = collections.defaultdict(list)

    def add(self, **values):
        for name, value in values.items():
            self.values[name].append(value)

    def median(self, name):
        return statistics.median(self.values[name]) if self.values[name] else None


class Comparison:
    def __init__(self, options):
        self.options = options
        self.rows = int(options.rows)
        self.events = options.data / f"events_{self.rows}"
        self.figures = collections.defaultdict(Figures)  # (job, who, threads) -> Figures
        self.times = {}  # (job, who) -> how often it is asked so that the clock can tell

    # Ours

    def ours(self, job, threads, times, data=None):
        asked = self.options.data / f"groups_{self.rows}" if job in GROUPS else self.events
        command = [self.options.program, "run", HERE / f"questions/{job}.lua", "--threads", threads,
                   "--data", data or f"{asked}{self.options.ending}"]
        if job in ("open", "q8"):
            command += ["--allow-read", self.options.data]
        if job == "open":
            command += ["--file", f"{self.events}{CONVERTED}"]
        if job == "q8":
            command += ["--actors", self.options.data / "actors.csv"]
        return command + (["--times", times] if times is not None else [])

    def ask_us(self, job, threads, data=None):
        times = self.times.get((job, "annals"), 1)
        process = Process(self.ours(job, threads, times, data), {})
        marks = {word: usage for word, _, usage in process.marks()}
        _, memory = process.end()
        self.note(job, "annals", threads, marks, times, memory)

    # Peers

    def peer(self, program, variant, threads, answers, jobs):
        return [self.options.python, HERE / "peers" / program, variant, self.rows, self.options.data,
                threads, answers, *jobs]

    def ask_peer(self, who, how, jobs, threads):
        jobs = [job for job in jobs if job != "loop" or self.rows <= 1e6]
        asked = [f"{job}:{self.times.get((job, who), 1)}" for job in jobs]
        process = Process(self.peer(how[0], how[1], threads, "-", asked), {})
        marks = collections.defaultdict(dict)
        for word, job, usage in process.marks():
            marks[job][word] = usage
        _, memory = process.end()
        for job in jobs:
            self.note(job, who, threads, marks[job], self.times.get((job, who), 1), memory)

    def note(self, job, who, threads, marks, times, memory):
        """Keeps the first answer's usage and that of a further one; the first round only tunes."""
        first = marks["again"].minus(marks["first"])
        further = marks["done"].minus(marks["again"], times)
        if (job, who) not in self.times:
            self.times[job, who] = max(3, min(400, round(self.options.seconds / max(further.wall, 1e-4))))
            return
        self.figures[job, who, threads].add(
            first_wall=first.wall, first_user=first.user, wall=further.wall, user=further.user,
            system=further.system, memory=memory)

    # Jobs

    def measure(self):
        jobs = self.options.jobs
        for round_number in range(self.options.rounds + 1):
            is_tuning = round_number == 0
            for threads in [1] if is_tuning else self.options.threads:
                for job in jobs:
                    if job == "open":
                        self.open(threads)
                    elif job in ("load", "startup"):
                        if not is_tuning:
                            getattr(self, job)(threads)
                    else:
                        self.ask_us(job, threads)
                questions = [job for job in jobs if job in QUESTIONS]
                for who, how in ANSWERERS.items() if questions else ():
                    self.ask_peer(who, how, questions, threads)
                of_groups = [job for job in jobs if job in GROUPS]
                for who, how in GROUPERS.items() if of_groups else ():
                    self.ask_peer(who, how, of_groups, threads)
                if "q6" in jobs and self.rows <= 1e6:
                    self.ask_peer("pandas", PANDAS["pandas"], ["q6"], threads)
                if "loop" in jobs and threads == 1:
                    self.loop()
            print(f"round {round_number} of {self.options.rounds} done, load {os.getloadavg()[0]:.1f}",
                  file=sys.stderr)

    def loop(self):
        """Against the same loop over prebuilt tables in stock Lua."""
        times = self.times.get(("loop", "lua5.4"), 1)
        process = Process(
            ["lua5.4", HERE / "peers/lua_peer.lua", "loop", f"{self.events}.csv", times], {})
        marks = {word: usage for word, _, usage in process.marks()}
        _, memory = process.end()
        self.note("loop", "lua5.4", 1, marks, times, memory)

    def load(self, threads):
        """From the start of the program until all of the CSV file is there; the peers' start is not
        counted."""
        self.read_once(".csv")
        process = Process(self.ours("load", threads, None, f"{self.events}.csv"), {})
        opened = [usage for _, _, usage in process.marks()][0]
        whole, memory = process.end()
        self.whole("load", "annals", threads, opened.minus(process.start), memory)
        for who, how in LOADERS.items():
            self.read_once(".csv")
            process = Process(self.peer(how[0], how[1], threads, "-", ["load:0"]), {})
            marks = {word: usage for word, _, usage in process.marks()}
            _, memory = process.end()
            self.whole("load", who, threads, marks["again"].minus(marks["first"]), memory)

    def open(self, threads):
        """Opening a converted file and answering q1, anew each time, in a program that runs already."""
        if not pathlib.Path(f"{self.events}{CONVERTED}").exists():
            subprocess.run([self.options.program, "convert", f"{self.events}.csv",
                            f"{self.events}{CONVERTED}"], check=True, stdout=subprocess.DEVNULL)
        self.read_once(CONVERTED)
        self.ask_us("open", threads, self.options.data / "events_1000.csv")
        for who, how in OPENERS.items():
            self.read_once(".parquet" if "parquet" in who else ".duckdb" if "base" in who else ".arrow")
            self.ask_peer(who, how, ["open"], threads)

    def startup(self, threads):
        """A trivial script on 1,000 rows, from start to finish, as a user types it whatever the threads."""
        small = self.options.data / "events_1000.csv"
        commands = {
            "annals": [self.options.program.resolve(), "run", HERE / "questions/total.lua", "--data", small],
            "lua5.4": ["lua5.4", HERE / "peers/lua_peer.lua", "total", small]}
        for _ in range(20):
            for who, command in commands.items():
                whole, memory = spent(command)
                self.whole("startup", who, threads, whole, memory)

    def whole(self, job, who, threads, usage, memory):
        self.figures[job, who, threads].add(
            wall=usage.wall, user=usage.user, system=usage.system, memory=memory)

    def read_once(self, ending):
        """So that no one waits for the disk."""
        path = f"{self.events}{ending}"
        if os.path.exists(path):
            with open(path, "rb", buffering=0) as file:
                while file.read(1 << 24):
                    pass

    # What was found

    def report(self):
        lines = [f"rows {self.rows}, rounds {self.options.rounds}, medians; ms of user time at one thread, "
                 "ms of wall time at two; ratio = ours / best peer", "",
                 "| job | who | user 1 | first | system 1 | wall 2 | MB | ratio user | ratio wall |",
                 "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
        results = {}
        for job in self.options.jobs:
            names = [who for j, who, threads in self.figures if j == job and threads == 1]
            ratios = self.ratios(job, names)
            results[job] = ratios
            for who in names:
                one, two = self.figures[job, who, 1], self.figures.get((job, who, 2), Figures())
                cells = [one.median("user"), one.median("first_user"), one.median("system"),
                         two.median("wall")]
                shown = [milliseconds(value) for value in cells]
                own = [number(ratios[name]) if who == "annals" else "" for name in ("user", "wall")]
                memory = one.median("memory")
                lines.append(
                    f"| {job} | {who} | " + " | ".join(shown + [f"{memory:.0f}"] + own) + " |")
        print("\n".join(lines))
        return results

    def ratios(self, job, names):
        found = {}
        for name, threads in (("user", 1), ("wall", 2)):
            peers = [self.figures[job, who, threads].median(name) for who in names
                     if who != "annals" and (job, who, threads) in self.figures]
            ours = self.figures[job, "annals", threads].median(name) \
                if (job, "annals", threads) in self.figures else None
            found[name] = ours / min(peers) if ours is not None and peers and min(peers) > 0 else None
        return found

    def judge(self, results):
        """Compares with the thresholds; what was not measured is passed over."""
        limits = json.loads((HERE / "thresholds.json").read_text())
        missed = [
            f"{job}: {name} ratio {results[job][name]:.2f}, at most {limit}"
            for job, names in limits.items() if job in results
            for name, limit in names.items()
            if results[job].get(name) is not None and results[job][name] > limit]
        print("\n" + ("\n".join(missed) if missed else "all thresholds are kept"))
        return not missed

    # Answers

    def check(self):
        """All must give the answers that the first gives, but for rounding."""
        events = [job for job in QUESTIONS if job.startswith("q")] + ["loop"]
        are_same = True
        for known, answerers in ((events, ANSWERERS), (GROUPS, GROUPERS)):
            jobs = [job for job in known if job in self.options.jobs]
            if jobs and not self.are_same(jobs, answerers):
                are_same = False
        print("all give the same answers" if are_same else "the answers differ")
        return are_same

    def are_same(self, jobs, answerers):
        folder = WORK / "answers"
        reference, are_same = None, True
        for who, how in list(answerers.items()) + [("annals", None)]:
            answers = folder / who.replace(" ", "-")
            answers.mkdir(parents=True, exist_ok=True)
            if how:
                asked = [f"{job}:0" for job in jobs]
                Process(self.peer(how[0], how[1], 1, answers, asked), {}).finish()
            else:
                for job in jobs:
                    Process(self.ours(job, 1, None) + ["-o", answers / f"{job}.csv"], {}).finish()
            reference = reference or answers
            for job in jobs:
                difference = differing(reference / f"{job}.csv", answers / f"{job}.csv")
                if difference:
                    are_same = False
                    print(f"{who} answers {job} differently: {difference}")
        return are_same

    def check_timings(self):
        """What `--timings` tells must be what repeating N and 2 N times costs, seen from outside."""
        for job in [job for job in self.options.jobs if job in QUESTIONS + GROUPS]:
            times = self.times.get((job, "annals"), 5)
            path = WORK / "timings.json"
            wholes = []
            for count in (times, 2 * times):
                process = Process(self.ours(job, 1, count) + ["--timings", path], {})
                whole, _ = process.finish()
                wholes.append(whole.user + whole.system)
            told = [json.loads(line)["cpu_ms"] for line in path.read_text().splitlines()]
            per_question = len(told) // (2 * times + 1)
            inside = sum(told[per_question:]) / (2 * times)
            outside = (wholes[1] - wholes[0]) / times * 1000
            print(f"{job}: {inside:.2f} ms by --timings, {outside:.2f} ms from outside")


def differing(expected, found):
    with open(expected, newline="") as first, open(found, newline="") as second:
        left, right = list(csv.reader(first)), list(csv.reader(second))
    if len(left) != len(right):
        return f"{len(right)} lines instead of {len(left)}"
    for number, (a, b) in enumerate(zip(left, right), 1):
        if number > 1 and (len(a) != len(b) or not all(map(same, a, b))):
            return f"line {number} is {b} instead of {a}"
    return None


def same(a, b):
    if a == b:
        return True
    try:
        return abs(float(a) - float(b)) <= 1e-6 * max(1, abs(float(a)))
    except ValueError:
        return False


def milliseconds(seconds):
    return "" if seconds is None else f"{seconds * 1000:.1f}"


def number(value):
    return "" if value is None else f"{value:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=", ".join(JOBS))
    parser.add_argument("--check", action="store_true", help="compare the answers, measure nothing")
    parser.add_argument("--check-timings", action="store_true", help="compare --timings with the outside")
    parser.add_argument("--rows", type=float, default=1e7)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long a question is repeated")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--data", type=pathlib.Path, default=WORK / "data")
    parser.add_argument("--ending", default=".arrow", help="the file that our questions are asked of")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--python", default=sys.executable, help="that has the peers' packages")
    options = parser.parse_args()
    unknown = [job for job in options.jobs if job not in JOBS]
    if unknown:
        parser.error(f"unknown job {unknown[0]}; there are {', '.join(JOBS)}")
    options.jobs = options.jobs or JOBS
    WORK.mkdir(exist_ok=True)
    comparison = Comparison(options)
    if options.check:
        sys.exit(0 if comparison.check() else 1)
    comparison.measure()
    results = comparison.report()
    if options.check_timings:
        comparison.check_timings()
    sys.exit(0 if comparison.judge(results) else 1)


if __name__ == "__main__":
    main()
