"""What the peers' programs have in common: the jobs, and the lines by which whoever measures follows them.

A program is started as `PEER.py VARIANT ROWS DATA THREADS ANSWERS JOB:TIMES...`. For each job it prints
`first JOB` before it asks the first time, `again JOB` after that, and `done JOB` after TIMES further times.
With a folder ANSWERS other than `-` it also stores each answer there as CSV.
"""
import csv
import datetime
import decimal
import pathlib
import sys

COUNTRY = "Muvo"
VIOLENT = ["Battles", "Explosions/Remote violence", "Violence against civilians"]
TYPES = ["Battles", "Explosions/Remote violence", "Protests", "Riots", "Strategic developments",
         "Violence against civilians"]
FROM, TO = "2018-01-01", "2021-12-31"
FIRST_DAY, LAST_DAY = "2015-01-01", "2024-12-31"
# Of the question about every country and day an answer is stored for these days alone.
SHOWN_FROM, SHOWN_TO = datetime.date(2020, 3, 1), datetime.date(2020, 3, 31)
WORD = "ambush"
# Texts that repeat: variants keep them as texts or as dictionaries.
CODED = ["event_type", "sub_event_type", "actor1", "actor2", "country", "admin1", "location", "source"]

HEADERS = {
    "q1": ["event_date", "n", "fatalities"],
    "q2": ["role", "actor", "n", "fatalities"],
    "q3": ["month"] + TYPES,
    "q4": ["country", "admin1", "n", "low", "best", "high", "actors"],
    "q5": ["country", "location", "fatalities", "rank"],
    "q6": ["country", "date", "n", "mean7"],
    "q7": ["year", "n"],
    "q8": ["kind", "year", "n", "fatalities"],
    "q9": ["event_type", "median", "p95"],
    "loop": ["actor1", "fatalities"],
    "g1": ["id1", "v1"],
    "g2": ["id1", "id2", "v1"],
    "g3": ["id3", "v1", "v3"],
    "g4": ["id4", "v1", "v2", "v3"],
    "g5": ["id6", "v1", "v2", "v3"],
    "g6": ["id4", "id5", "median", "sd"],
    "g7": ["id3", "range"],
    "g8": ["id6", "v3"],
    "g9": ["id2", "id4", "r2"],
    "g10": ["id1", "id2", "id3", "id4", "id5", "id6", "v3", "n"],
}


class Call:
    """How a peer's program was started."""

    def __init__(self):
        variant, rows, data, threads, answers, *jobs = sys.argv[1:]
        self.variant, self.rows, self.threads = variant, int(rows), int(threads)
        self.data = pathlib.Path(data)
        self.events = self.data / f"events_{self.rows}"
        self.groups = self.data / f"groups_{self.rows}"
        self.answers = None if answers == "-" else pathlib.Path(answers)
        self.jobs = [(job, int(times)) for job, _, times in (part.partition(":") for part in jobs)]

    def run(self, questions, rows_of):
        """Asks each job's question.

        `questions` maps jobs to functions without arguments; `rows_of` turns an answer into rows.
        """
        for job, times in self.jobs:
            ask = questions[job]
            print("first", job, flush=True)
            answer = ask()
            print("again", job, flush=True)
            for _ in range(times):
                answer = None
                answer = ask()
            print("done", job, flush=True)
            if self.answers and job in HEADERS:
                self.store(job, rows_of(job, answer))

    def store(self, job, rows):
        if job == "q6":
            rows = [row for row in rows if SHOWN_FROM <= as_day(row[1]) <= SHOWN_TO]
        if job.startswith("g"):
            # Nobody is asked for an order; ours is that of the keys, and the greatest of `g8` first.
            rows = sorted(rows, key=lambda row: (row[0], -row[1]) if job == "g8" else row)
        with open(self.answers / f"{job}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADERS[job])
            writer.writerows([shown(value) for value in row] for row in rows)


def as_day(value):
    return value.date() if isinstance(value, datetime.datetime) else value


def shown(value):
    if value is None or value != value:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, decimal.Decimal):
        return str(int(value))
    if isinstance(value, float):
        return repr(value)
    return str(value)
