#!/usr/bin/env python3
"""Answers the questions of Cases/questions from the CSV files beside it, without Annals.

Each answer follows its definition: things are counted by their ids, empty is unknown and never 0,
zeros fill only what was watched, and what is left out is counted. Standard library only.

  answers.py 07            prints the answer to question 07
  answers.py --check DIR   compares all answers with the files DIR/NN-*.out
"""
import csv
import math
import sqlite3
import statistics
import sys
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, product
from pathlib import Path

HERE = Path(__file__).parent
VIOLENT = ("clash", "shelling", "attack", "raid")
MAIN = ("party", "agent", "target")


# --- Reading -----------------------------------------------------------------------------------


def read(name):
    """The rows of a CSV file as dictionaries; an empty field is None."""
    with open(HERE / f"{name}.csv", newline="", encoding="utf-8") as file:
        return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]


def typed(rows, days=(), numbers=()):
    for row in rows:
        for name in days:
            row[name] = row[name] and date.fromisoformat(row[name])
        for name in numbers:
            row[name] = None if row[name] is None else float(row[name])
    return rows


EVENTS = typed(read("events"), ["date", "date_end"], ["coded_deaths"])
EVENT = {event["id"]: event for event in EVENTS}
PARTICIPATIONS = read("participations")
ACTOR = {actor["id"]: actor for actor in read("actors")}
PLACES = typed(read("places"), numbers=["latitude", "longitude", "precision"])
PLACE = {place["id"]: place for place in PLACES}
SOURCES = typed(read("sources"), ["date"])
SOURCE = {source["id"]: source for source in SOURCES}
PARTS_OF_VALUE = ["value_low", "value_best", "value_high"]
FIGURES = typed(read("figures"), ["date", "date_end"], PARTS_OF_VALUE)
FIGURE = {figure["id"]: figure for figure in FIGURES}
PARTS = typed(read("parts"), ["date", "date_end"], PARTS_OF_VALUE)
COVERAGE = typed(read("coverage"), ["first", "last"])
SITES = typed(read("sites"), numbers=["latitude", "longitude"])
POPULATIONS = typed(read("populations"), numbers=["people"])
EARLIER = typed(read("earlier"), ["date"], ["coded_deaths"])


def database():
    """The same files as tables of SQLite, for what is said best in SQL."""
    base = sqlite3.connect(":memory:")
    for path in sorted(HERE.glob("*.csv")):
        rows = read(path.stem)
        names = list(rows[0])
        base.execute(f"create table {path.stem} ({', '.join(names)})")
        marks = ", ".join("?" for _ in names)
        values = [list(row.values()) for row in rows]
        base.executemany(f"insert into {path.stem} values ({marks})", values)
    return base


SQL = database()


# --- Writing -----------------------------------------------------------------------------------


def shown(value):
    if value is None:
        return "·"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def table(header, rows):
    """A table as text; columns whose name is given with `#` hold numbers and stand on the right."""
    names = [name.lstrip("#") for name in header]
    cells = [[shown(value) for value in row] for row in rows]
    widths = [max(len(line[i]) for line in [names] + cells) for i in range(len(names))]

    def line(row):
        parts = [
            text.rjust(width) if name[0] == "#" else text.ljust(width)
            for text, width, name in zip(row, widths, header)
        ]
        return "  ".join(parts).rstrip()

    lines = [line(names), "  ".join("─" * width for width in widths)]
    lines += [line(row) for row in cells] or ["(no rows)"]
    return "\n".join(lines) + "\n"


def rounded(value, places):
    """Halves go away from zero; null stays null."""
    if value is None:
        return None
    scale = 10**places
    whole = math.floor(abs(value) * scale + 0.5)
    return math.copysign(whole, value) / scale if whole else 0.0


def last_null(*values):
    """A key that sorts None last."""
    return tuple((value is None, "" if value is None else value) for value in values)


def total(values):
    """The sum of the known values, and null over nothing."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def ratio(above, below):
    return None if above is None or not below else above / below


def tally(pairs):
    """How many different things each key has: distinct by id."""
    things = defaultdict(set)
    for key, thing in pairs:
        things[key].add(thing)
    return {key: len(found) for key, found in things.items()}


# --- Shared definitions ------------------------------------------------------------------------


def week(day, first=0):
    """The first day of its week; `first` is 0 for Monday, 5 for Saturday."""
    return day - timedelta((day.weekday() - first) % 7)


def month(day):
    return day.strftime("%Y-%m")


def period(event, start):
    """The period that an event begins in, or None where its dates do not tell."""
    if event["date"] is None:
        return None
    first = start(event["date"])
    if event["date_precision"] in ("day", "days", "open"):
        return first
    return first if first == start(event["date_end"]) else None


def unit(event):
    """The province of an event; None where the place is unknown or coarser than a province."""
    place = PLACE.get(event["place"])
    return place["admin1"] if place and place["precision"] <= 4 else None


def days_of(event):
    """The days on which an event lasted; None where they are not known one by one."""
    if event["date_precision"] not in ("day", "days"):
        return None
    count = (event["date_end"] - event["date"]).days + 1
    return [event["date"] + timedelta(i) for i in range(count)]


def size(figure):
    """What a figure is ordered by: best, else low, else high."""
    for name in ("value_best", "value_low", "value_high"):
        if figure[name] is not None:
            return figure[name]
    return None


def highest(claims):
    """The greatest claim of each quantity, the first of equal ones, in the order of the file."""
    best = {}
    for claim in claims:
        key = claim["quantity"] or tuple(
            claim[name] for name in ("event", "measure", "unit", "population"))
        if key not in best or size(claim) > size(best[key]):
            best[key] = claim
    return [claim for claim in claims if any(claim is kept for kept in best.values())]


def outermost(claims):
    """Without the claims of events inside an event with a claim of the same kind."""
    kinds = {(c["event"], c["measure"], c["unit"], c["population"]) for c in claims}

    def is_inside(claim):
        outer = EVENT[claim["event"]]["parent"]
        while outer:
            if (outer, claim["measure"], claim["unit"], claim["population"]) in kinds:
                return True
            outer = EVENT[outer]["parent"]
        return False

    return [claim for claim in claims if not is_inside(claim)]


def increments():
    return [f for f in FIGURES if f["accumulation"] == "increment" and size(f) is not None]


def deaths():
    """One additive claim of the killed, of all people, for each event that has one."""
    killed = [f for f in increments() if f["measure"] == "killed" and f["population"] is None]
    return {claim["event"]: claim for claim in outermost(highest(killed))}


def distance(a, b):
    """Great-circle km on a sphere with the Earth's mean radius."""
    if None in (a["latitude"], a["longitude"], b["latitude"], b["longitude"]):
        return None
    x, y = math.radians(a["latitude"]), math.radians(b["latitude"])
    dx, dl = y - x, math.radians(b["longitude"] - a["longitude"])
    h = math.sin(dx / 2) ** 2 + math.cos(x) * math.cos(y) * math.sin(dl / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, h)))


def actor_name(id):
    return ACTOR[id]["name"]


# --- The questions -----------------------------------------------------------------------------


def q01():
    """Events per week (Saturday to Friday) and province; zeros only where somebody watched."""
    first, last = date(2041, 11, 30), date(2042, 1, 31)
    saturday = lambda day: week(day, 5)
    watched = defaultdict(set)
    for span in COVERAGE:
        day = max(span["first"], first)
        while day <= min(span["last"], last):
            watched[span["admin1"], saturday(day)].add(day)
            day += timedelta(1)
    seen = {(span["admin1"], day) for (name, _), days in watched.items() for day in days
            for span in COVERAGE if span["admin1"] == name}
    counted, why = defaultdict(set), defaultdict(set)
    for event in EVENTS:
        day, place = event["date"], unit(event)
        if day is not None and not first <= day <= last:
            continue
        if period(event, saturday) is None:
            why["week unknown"].add(event["id"])
        elif place is None:
            why["province unknown"].add(event["id"])
        elif (place, day) not in seen:
            why["not watched"].add(event["id"])
        else:
            why["counted"].add(event["id"])
            counted[place, saturday(day)].add(event["id"])
    rows = [(p, w, len(days), len(counted[p, w])) for (p, w), days in sorted(watched.items())]
    return [
        table(["province", "week", "#watched", "#events"], rows),
        table(["outcome", "#events"], [(name, len(why[name])) for name in sorted(why)]),
    ]


def q02():
    """Casualties per day: low, best and high summed apart, with the nulls of each beside them."""
    claims = outermost(highest(increments()))
    one_day = [c for c in claims if c["date"] and c["date"] == c["date_end"]]
    groups = defaultdict(list)
    for claim in one_day:
        groups[claim["date"], claim["measure"], claim["unit"], claim["population"]].append(claim)
    rows = []
    for key in sorted(groups, key=lambda key: last_null(*key)):
        row = list(key) + [len(groups[key])]
        for name in PARTS_OF_VALUE:
            values = [claim[name] for claim in groups[key]]
            row += [total(values), values.count(None)]
        rows.append(row)
    header = ["date", "measure", "unit", "population", "#claims", "#low", "#no_low", "#best",
              "#no_best", "#high", "#no_high"]
    several = sum(1 for c in claims if c["date"] and c["date"] != c["date_end"])
    undated = sum(1 for c in claims if c["date"] is None)
    return [table(header, rows),
            f"{several} claims are of several days and {undated} of none; they are left out.\n"]


def q03():
    """Figures divided over the days of their events; totals are conserved."""
    claims = [c for c in outermost(highest(increments()))
              if c["value_best"] is not None and c["date"] and c["date"] != c["date_end"]]
    rows, checks, whole = [], [], []
    for claim in claims:
        if claim["date_precision"] != "days":
            whole.append((claim["id"], claim["date_precision"], claim["value_best"]))
            continue
        count = (claim["date_end"] - claim["date"]).days + 1
        best = int(claim["value_best"])
        share = Fraction(best, count)
        parts = [best // count + (best % count if i == 0 else 0) for i in range(count)]
        for i, part in enumerate(parts):
            rows.append((claim["id"], claim["date"] + timedelta(i), rounded(float(share), 4), part))
        checks.append((claim["id"], best, float(share * count), sum(parts)))
    return [table(["id", "date", "#fraction", "#remainder"], rows),
            table(["id", "#best", "#fraction", "#remainder"], checks),
            table(["id", "date_precision", "#best"], whole)]


def q04():
    """The share of each type in the events of each month; no type is a share of its own."""
    dated = [e for e in EVENTS if e["date"] is None or e["date"] >= date(2041, 10, 1)]
    known = [e for e in dated if period(e, month)]
    count = tally(((period(e, month), e["type"]), e["id"]) for e in known)
    all_types = tally((period(e, month), e["id"]) for e in known)
    rows = [(m, t, n, rounded(n / all_types[m], 4))
            for (m, t), n in sorted(count.items(), key=lambda item: last_null(*item[0]))]
    for m in all_types:
        assert sum(Fraction(n, all_types[m]) for (k, _), n in count.items() if k == m) == 1
    return [table(["month", "type", "#events", "#share"], rows),
            f"{len(dated) - len(known)} events have no known month.\n"]


def q05():
    """In how many events each actor had each role, and how many rows say so."""
    rows = SQL.execute("""
        select role, a.name, count(distinct event), count(*)
        from participations p join actors a on a.id = p.actor
        group by role, a.id order by role, 3 desc, a.name""")
    return [table(["role", "actor.name", "#events", "#rows"], rows.fetchall())]


def q06():
    """Actors by distinct events, with the killed in those events."""
    toll = deaths()
    events = defaultdict(set)
    for p in PARTICIPATIONS:
        events[p["actor"]].add(p["event"])
    rows = []
    for actor, ids in events.items():
        claims = [toll[id] for id in ids if id in toll]
        bests = [claim["value_best"] for claim in claims]
        rows.append((actor_name(actor), len(ids), total(c["value_low"] for c in claims),
                     total(bests), len(ids) - len([b for b in bests if b is not None])))
    rows.sort(key=lambda row: (-row[1], row[0]))
    column = sum(row[3] for row in rows if row[3] is not None)
    involved = [toll[id] for id in {p["event"] for p in PARTICIPATIONS} if id in toll]
    everything = total(claim["value_best"] for claim in involved)
    return [table(["actor.name", "#events", "#low", "#best", "#unknown"], rows),
            table(["#column_total", "#grand_total"], [(column, everything)])]


def q07():
    """Pairs of main actors on opposite sides, once for each event; and who did it to whom."""
    main = [p for p in PARTICIPATIONS if p["role"] in MAIN]
    pairs, directed = [], []
    for p, q in product(main, main):
        if p["event"] != q["event"]:
            continue
        names = actor_name(p["actor"]), actor_name(q["actor"])
        if (p["side"], q["side"]) == ("a", "b"):
            pairs.append((tuple(sorted(names)), p["event"]))
        if (p["role"], q["role"]) == ("agent", "target"):
            directed.append((names, p["event"]))

    def ranked(counts):
        return sorted(((*key, n) for key, n in counts.items()), key=lambda r: (-r[2], r[:2]))

    return [table(["first", "second", "#events"], ranked(tally(pairs))),
            table(["agent", "target", "#events"], ranked(tally(directed)))]


def q08():
    """Kinds of opponents against each other, symmetric, with those who act alone on the margin."""
    kind = lambda p: ACTOR[p["actor"]]["kind"] or "unknown"
    main = [p for p in PARTICIPATIONS if p["role"] in MAIN and p["side"]]
    sides = defaultdict(set)
    for p in main:
        sides[p["event"]].add(p["side"])
    cells = tally(((kind(p), kind(q)), p["event"]) for p, q in product(main, main)
                  if p["event"] == q["event"] and p["side"] != q["side"])
    alone = tally((kind(p), p["event"]) for p in main if len(sides[p["event"]]) == 1)
    columns = sorted({b for _, b in cells})
    kinds = sorted({kind(p) for p in main})
    for a, b in cells:
        assert cells[a, b] == cells[b, a]
    rows = [(k, *(cells.get((k, c)) for c in columns), alone.get(k)) for k in kinds]
    left = len({e["id"] for e in EVENTS} - set(sides))
    return [table(["kind", *("#" + c for c in columns), "#alone"], rows),
            f"{left} events have no main actor with a side.\n"]


def q09():
    """The share of violent events that target civilians, and that of civilians in deaths."""
    rows = SQL.execute(f"""
        select cast(substr(date, 1, 4) as integer) as year, count(distinct id),
          count(distinct case civilian_targeting when 'true' then id end),
          count(distinct case when civilian_targeting is null then id end)
        from events where type in {VIOLENT} group by year order by year is null, year""").fetchall()
    shares = [(*row, rounded(row[2] / row[1], 4)) for row in rows]
    civilians = [p for p in PARTS if p["population"] == "civilians"]
    used = [p for p in civilians
            if p["value_best"] is not None and (FIGURE[p["whole"]]["value_best"] or 0) > 0]
    part = sum(p["value_best"] for p in used)
    whole = sum(FIGURE[id]["value_best"] for id in {p["whole"] for p in used})
    return [table(["#year", "#violent", "#targeting", "#unknown", "#share"], shares),
            table(["#claims", "#civilians", "#killed", "#share"],
                  [(len(used), part, whole, rounded(part / whole, 4))]),
            f"{len(civilians) - len(used)} claims of killed civilians have no share.\n"]


def q10():
    """Deaths for each violent event; the shares of deadly events and of those nobody knows."""
    killed = [f for f in increments() if f["measure"] == "killed" and f["population"] is None]
    toll = {claim["event"]: claim for claim in highest(killed)}
    rows = []
    for kind in sorted(VIOLENT):
        ids = {e["id"] for e in EVENTS if e["type"] == kind}
        claims = [toll[id] for id in ids if id in toll]
        sure = [c["value_low"] if c["value_low"] is not None else c["value_best"] for c in claims]
        deadly = sum(1 for n in sure if n is not None and n >= 1)
        unknown = len(ids) - sum(1 for n in sure if n is not None)
        best = [c["value_best"] for c in claims if c["value_best"] is not None]
        killed_total = total(best)
        rows.append((kind, len(ids), killed_total, len(ids) - len(best),
                     rounded(ratio(killed_total, len(ids)), 4), deadly,
                     rounded(deadly / len(ids), 4), unknown, rounded(unknown / len(ids), 4)))
    return [table(["type", "#events", "#killed", "#no_best", "#per_event", "#deadly",
                   "#deadly_share", "#unknown", "#unknown_share"], rows)]


def weekly(first, last, types=None):
    """Events of the North in each week from Monday on, with zeros."""
    found = defaultdict(set)
    for event in EVENTS:
        start = period(event, week)
        if start and unit(event) == "North" and (types is None or event["type"] in types):
            found[start].add(event["id"])
    weeks = [first + timedelta(7 * i) for i in range((last - first).days // 7 + 1)]
    return [(w, len(found[w])) for w in weeks]


def q11():
    """The mean of the last four weeks, this one included; null until there are four."""
    counts = weekly(date(2041, 11, 4), date(2042, 2, 24))
    rows = []
    for i, (start, n) in enumerate(counts):
        last = [n for _, n in counts[max(0, i - 3):i + 1]]
        full = len(last) == 4
        rows.append((start, n, sum(last) / 4 if full else None, sum(last)))
    return [table(["week", "#events", "#mean_of_4", "#sum_so_far"], rows)]


def q12():
    """The change from month to month, in percent, and against the same month of the year before."""
    known = [e for e in EVENTS if period(e, month)]
    count = tally((period(e, month), e["id"]) for e in known)
    months = [f"{y}-{m:02}" for y in (2041, 2042) for m in range(1, 13)][:15]
    values = [count.get(m, 0) for m in months]

    def change(i, back):
        if i < back:
            return None, None
        base = values[i - back]
        difference = values[i] - base
        return difference, rounded(ratio(100 * difference, base), 1)

    rows = [(m, values[i], *change(i, 1), *change(i, 12)) for i, m in enumerate(months)]
    return [table(["month", "#events", "#change", "#percent", "#year_change", "#year_percent"],
                  rows)]


def q13():
    """Weeks that stand out from the six before them."""
    counts = weekly(date(2041, 10, 7), date(2042, 2, 24), VIOLENT)
    rows = []
    for i, (start, n) in enumerate(counts):
        before = [n for _, n in counts[max(0, i - 6):i]]
        mean = deviation = z = flag = None
        if len(before) == 6:
            mean, deviation = statistics.mean(before), statistics.stdev(before)
            z = (n - mean) / deviation if deviation > 0 else None
            flag = (z > 2 if z is not None else n > mean) and n >= 2
        rows.append((start, n, rounded(mean, 3), rounded(deviation, 3), rounded(z, 3), flag))
    return [table(["week", "#events", "#mean", "#deviation", "#z", "escalation"], rows)]


def q14():
    """The first and the last event of each place, and how exact their days are."""
    places = defaultdict(list)
    for event in EVENTS:
        if event["date"] and event["place"]:
            places[PLACE[event["place"]]["name"]].append(event)
    rows = []
    for name in sorted(places):
        first = min(places[name], key=lambda e: (e["date"], e["id"]))
        finish = lambda e: e["date_end"] or e["date"]
        last = min(places[name], key=lambda e: (-finish(e).toordinal(), e["id"]))
        rows.append((name, len(places[name]), first["date"], first["date_precision"], first["id"],
                     finish(last), last["date_precision"], last["id"]))
    return [table(["place.name", "#events", "first", "first_precision", "first_event", "last",
                   "last_precision", "last_event"], rows)]


def q15():
    """Days of peace before each violent event, within each span that somebody watched."""
    rows = []
    for span in sorted(COVERAGE, key=lambda span: span["id"]):
        events = [e for e in EVENTS if e["type"] in VIOLENT and days_of(e)
                  and unit(e) == span["admin1"] and span["first"] <= e["date"] <= span["last"]]
        finish = None
        for event in sorted(events, key=lambda e: (e["date"], e["id"])):
            since = finish or span["first"]
            rows.append((span["id"], event["id"], event["date"],
                         max(0, (event["date"] - since).days), "ended" if finish else "left"))
            finish = max(finish or event["date_end"], event["date_end"])
        since = finish or span["first"]
        rows.append((span["id"], None, span["last"], max(0, (span["last"] - since).days),
                     "right" if finish else "both"))
    return [table(["span", "event", "date", "#peace", "censored"], rows)]


def q16():
    """On how many different days each actor took part in an event."""
    days, certain, vague = defaultdict(set), defaultdict(set), defaultdict(set)
    for p in PARTICIPATIONS:
        known = days_of(EVENT[p["event"]])
        (vague if known is None else certain)[p["actor"]].add(p["event"])
        days[p["actor"]].update(known or [])
    rows = [(actor_name(a), len(days[a]), len(certain[a]), len(vague[a])) for a in days]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [table(["actor.name", "#active_days", "#events", "#days_unknown"], rows)]


def q17():
    """Events by province; what is coarser than a province is unplaced."""
    count = tally((unit(e) or "unplaced", e["id"]) for e in EVENTS)
    rows = sorted(count.items(), key=lambda item: (item[0] == "unplaced", item[0]))

    def reason(event):
        place = PLACE.get(event["place"])
        if place is None:
            return "no place"
        return "coarser than a province" if place["precision"] > 4 else "no province"

    why = tally((reason(e), e["id"]) for e in EVENTS if unit(e) is None)
    return [table(["province", "#events"], rows), table(["reason", "#events"], sorted(why.items()))]


def q18():
    """Events by PRIO-GRID cell; places known to a country or less are left out."""
    def outcome(event):
        place = PLACE.get(event["place"])
        if place is None:
            return "no place"
        if place["precision"] >= 6:
            return "too coarse"
        return "placed" if place["latitude"] is not None else "no coordinates"

    def cell(place):
        row = min(math.floor((place["latitude"] + 90) * 2), 359)
        column = min(math.floor((place["longitude"] + 180) * 2), 719)
        return row * 720 + column + 1

    count = tally((cell(PLACE[e["place"]]), e["id"]) for e in EVENTS if outcome(e) == "placed")
    why = tally((outcome(e), e["id"]) for e in EVENTS)
    return [table(["#cell", "#events"], sorted(count.items())),
            table(["outcome", "#events"], sorted(why.items()))]


def q19():
    """Events within ten km of each site, and the nearest one."""
    rows = []
    for site in sorted(SITES, key=lambda site: site["id"]):
        if site["latitude"] is None:
            continue
        near = []
        for event in EVENTS:
            place = PLACE.get(event["place"])
            if place and place["precision"] <= 2 and place["latitude"] is not None:
                near.append((distance(site, place), event["id"]))
        km, id = min(near)
        within = sum(1 for km, _ in near if km <= 10)
        rows.append((site["name"], within, id, rounded(km, 1)))
    lost = sum(1 for site in SITES if site["latitude"] is None)
    return [table(["name", "#events", "nearest", "#km"], rows),
            f"{lost} site has no coordinates.\n"]


def q20():
    """Events and deaths for each 100,000 people of a province and year."""
    toll = deaths()
    people = {(row["admin1"], int(row["year"])): row["people"] for row in POPULATIONS}
    groups = defaultdict(set)
    for event in EVENTS:
        year = period(event, lambda day: day.year)
        if year is not None and unit(event):
            groups[unit(event), year].add(event["id"])
    rows = []
    for key, ids in sorted(groups.items()):
        best = [toll[id]["value_best"] for id in ids if id in toll]
        killed, rate = total(best), lambda n: rounded(ratio(n and n * 100000, people.get(key)), 2)
        rows.append((*key, people.get(key), len(ids), rate(len(ids)), killed, rate(killed),
                     len(ids) - len([n for n in best if n is not None])))
    return [table(["province", "#year", "#people", "#events", "#events_rate", "#killed",
                   "#killed_rate", "#unknown"], rows)]


def q21():
    """Who meets whom: distinct events shared, on one side and on opposite ones."""
    actors = tally((p["event"], p["actor"]) for p in PARTICIPATIONS)
    few = [p for p in PARTICIPATIONS if actors[p["event"]] <= 6]
    shared, same, opposite = [], [], []
    for p, q in product(few, few):
        if p["event"] != q["event"] or actor_name(p["actor"]) >= actor_name(q["actor"]):
            continue
        edge = (actor_name(p["actor"]), actor_name(q["actor"])), p["event"]
        shared.append(edge)
        if p["side"] and q["side"]:
            (same if p["side"] == q["side"] else opposite).append(edge)
    weight, one, other = tally(shared), tally(same), tally(opposite)
    rows = [(*pair, n, one.get(pair, 0), other.get(pair, 0)) for pair, n in weight.items()]
    rows.sort(key=lambda row: (-row[2], row[:2]))
    crowds = sum(1 for n in actors.values() if n > 6)
    return [table(["first", "second", "#events", "#same", "#opposite"], rows),
            f"{crowds} event has more than 6 actors and is left out.\n"]


def q22():
    """How concentrated the events of each province are among actors."""
    count = tally(((unit(EVENT[p["event"]]), p["actor"]), p["event"]) for p in PARTICIPATIONS)
    units = defaultdict(list)
    for (name, _), n in count.items():
        units[name].append(n)
    rows = []
    for name in sorted(units, key=lambda name: last_null(name)):
        hhi = sum(Fraction(n, sum(units[name])) ** 2 for n in units[name])
        rows.append((name, len(units[name]), rounded(float(hhi), 4), rounded(float(1 / hhi), 4)))
    return [table(["province", "#actors", "#hhi", "#effective"], rows)]


def q23():
    """Events that are reports of one thing by several sources."""
    family = {"clash": "fighting", "shelling": "fighting"}
    actors = defaultdict(set)
    for p in PARTICIPATIONS:
        actors[p["event"]].add(p["actor"])

    def are_alike(a, b):
        if a["source"] == b["source"] or not (a["type"] and b["type"] and a["date"] and b["date"]):
            return False
        if family.get(a["type"], a["type"]) != family.get(b["type"], b["type"]):
            return False
        if abs((a["date"] - b["date"]).days) > 1 or not (a["place"] and b["place"]):
            return False
        km = distance(PLACE[a["place"]], PLACE[b["place"]])
        everybody = actors[a["id"]] | actors[b["id"]]
        both = actors[a["id"]] & actors[b["id"]]
        return km is not None and km <= 5 and len(both) >= 0.5 * len(everybody) > 0

    cluster = {e["id"]: {e["id"]} for e in EVENTS}
    for a, b in product(EVENTS, EVENTS):
        if are_alike(a, b) and cluster[a["id"]] is not cluster[b["id"]]:
            joined = cluster[a["id"]] | cluster[b["id"]]
            for id in joined:
                cluster[id] = joined
    rows = sorted((min(c), id, EVENT[id]["date"], SOURCE[EVENT[id]["source"]]["name"])
                  for id, c in cluster.items() if len(c) > 1)
    things = len({min(c) for c in cluster.values()})
    return [table(["cluster", "event", "date", "source.name"], rows),
            f"{len(EVENTS)} reports are of {things} events.\n"]


def q24():
    """What different parties claim of one thing, and how many voices that are."""
    def root(id):
        while SOURCE[id]["origin"]:
            id = SOURCE[id]["origin"]
        return id

    claims = [f for f in FIGURES if size(f) is not None]
    names = ("event", "measure", "population", "unit", "quantity")
    key = lambda f: last_null(*(f[name] for name in names))
    rows = []
    for _, group in groupby(sorted(claims, key=key), key=key):
        group = list(group)
        if len(group) < 2:
            continue
        age = lambda f: (f["date"] is not None, f["date"] or date.min,
                         SOURCE[f["source"]]["date"] is not None,
                         SOURCE[f["source"]]["date"] or date.min)
        latest = {}
        for claim in group:
            by = claim["asserted_by"] or claim["source"]
            if by not in latest or age(claim) > age(latest[by]):
                latest[by] = claim
        sizes = [size(claim) for claim in latest.values()]
        floor = max(claim["value_low"] or 0 for claim in latest.values())
        roof = min(math.inf if c["value_high"] is None else c["value_high"]
                   for c in latest.values())
        newest = max(group, key=age)
        rows.append((group[0]["event"], group[0]["measure"], group[0]["population"], len(group),
                     len(latest), len({root(c["source"]) for c in group}), min(sizes),
                     float(statistics.median(sizes)), max(sizes), floor <= roof, newest["id"]))
    return [table(["event", "measure", "population", "#claims", "#parties", "#voices", "#least",
                   "#median", "#most", "overlap", "latest"], rows)]


def q25():
    """Steps of running totals, totals as of a day, and what a new release changed."""
    totals = [f for f in FIGURES if f["accumulation"] == "cumulative"]
    series = lambda f: (f["source"], f["population"])
    steps, known = [], []
    for key, group in groupby(sorted(totals, key=lambda f: (*series(f), f["date"])), key=series):
        before = None
        for f in group:
            step = f["value_best"] - (before["value_best"] if before else 0)
            if f["date"] >= date(2041, 10, 4):
                steps.append((*key, f["date"], f["value_best"], step, step < 0))
            before = f
        until = [f for f in totals if series(f) == key and f["date"] <= date(2041, 10, 5)]
        last = max(until, key=lambda f: f["date"])
        known.append((*key, last["date"], last["value_best"]))
    names = ["date", "type", "place", "coded_deaths"]
    old = {row["id"]: row for row in EARLIER}
    new = {e["id"]: e for e in EVENTS if e["date"] and e["date"] >= date(2042, 1, 31)
           and e["date_precision"] in ("day", "days")}
    rows = []
    for id in sorted(old | new):
        sides = [side for side in (old.get(id), new.get(id)) if side]
        if len(sides) == 2 and all(sides[0][name] == sides[1][name] for name in names):
            continue
        change = "changed" if len(sides) == 2 else "added" if id in new else "removed"
        toll = [side[id]["coded_deaths"] if id in side else None for side in (old, new)]
        unknown = any(side["coded_deaths"] is None for side in sides)
        rows.append((change, id, *toll, unknown))
    rows.sort(key=lambda row: row[:2])
    effects = []
    for change, group in groupby(rows, key=lambda row: row[0]):
        group = list(group)
        effects.append((change, len(group), total(row[2] for row in group),
                        total(row[3] for row in group), sum(row[4] for row in group)))
    return [
        table(["source", "population", "date", "#total", "#step", "revision"], steps),
        table(["source", "population", "date", "#total"], known),
        table(["change", "event", "#before", "#after", "unknown"], rows),
        table(["change", "#events", "#before", "#after", "#unknown"], effects),
        table(["#before", "#after"], [(total(r["coded_deaths"] for r in old.values()),
                                       total(r["coded_deaths"] for r in new.values()))]),
    ]


QUESTIONS = {name[1:]: answer for name, answer in sorted(globals().items())
             if name[0] == "q" and name[1:].isdigit()}


def answer(number):
    return "\n".join(QUESTIONS[number]())


def check(folder):
    """Whether each file of expectations is the answer; says which are not."""
    files = {path.name[:2]: path for path in Path(folder).glob("[0-9][0-9]-*.out")}
    wrong = sorted(set(QUESTIONS) ^ set(files))
    for number in sorted(set(QUESTIONS) & set(files)):
        if files[number].read_text(encoding="utf-8") != answer(number):
            wrong.append(number)
    for number in wrong:
        print(f"question {number}: the file and the answer differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        sys.exit(check(sys.argv[2]))
    if len(sys.argv) != 2 or sys.argv[1] not in QUESTIONS:
        sys.exit(__doc__)
    sys.stdout.write(answer(sys.argv[1]))
