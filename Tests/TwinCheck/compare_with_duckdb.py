#!/usr/bin/env python3
"""Runs the plans that `AnnalsTwinCheck SEED COUNT sql` writes in DuckDB and compares the answers.

Reads the cases from standard input: a line with the seed and the plan, one with the query, one for
each row of the engine's answer, and an empty line. Numbers may differ in their last digits, since
DuckDB rounds at each addition. A query that DuckDB itself refuses, as for an integer that passes
64 bits on the way, is counted and left out; of these there may be few.
"""
import datetime
import json
import math
import sys

try:
    import duckdb
except ImportError:
    print("duckdb is not installed: the comparison with it was left out")
    sys.exit(0)


def same(ours, theirs):
    if isinstance(theirs, (datetime.date, datetime.datetime)):
        theirs = theirs.isoformat()[:10]
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        if isinstance(ours, int) and isinstance(theirs, int):
            return ours == theirs
        if math.isnan(theirs) or math.isinf(theirs):
            return False
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    # What JSON has no number for is written as a text.
    if isinstance(theirs, float) and isinstance(ours, str):
        return math.isnan(theirs) and ours == "nan" or ours == str(theirs)
    return ours == theirs


def cases(lines):
    case = []
    for line in lines:
        line = line.rstrip("\n")
        if line:
            case.append(line)
        elif case:
            yield case[0], case[1], [json.loads(row) for row in case[2:]]
            case = []


connection = duckdb.connect()
connection.execute("SET threads = 1")
count = refused = different = 0
for plan, query, ours in cases(sys.stdin):
    try:
        theirs = connection.execute(query).fetchall()
    except (duckdb.OutOfRangeException, duckdb.ConversionException, duckdb.InvalidInputException):
        refused += 1
        continue
    except duckdb.Error as error:
        different += 1
        print(f"{plan}\n  {query}\n  {error}")
        continue
    count += 1
    if len(ours) == len(theirs) and all(
            len(left) == len(right) and all(map(same, left, right))
            for left, right in zip(ours, theirs)):
        continue
    different += 1
    print(f"{plan}\n  {query}\n  ours   {ours}\n  theirs {[list(map(str, row)) for row in theirs]}")
    if different > 20:
        break

print(f"duckdb {duckdb.__version__}: {count} plans compared, {refused} left out, "
      f"{different} differ")
sys.exit(1 if different or refused > count // 10 else 0)
