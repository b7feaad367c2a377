#!/usr/bin/env python3
"""Makes the benchmark's event data: the same bytes for the same number of rows.

    generate.py ROWS... [--into FOLDER] [--parts N]

For each number of rows it writes `events_ROWS` as CSV (RFC 4180, quotes only where needed), as an Arrow file
(texts that repeat as dictionaries) and as Parquet, and once `actors.csv`, the kind of each actor. With
`--parts N` it writes one CSV file alone, of N times ROWS rows, whose parts differ in their seed: that is
how more rows come about than fit into memory here.

The rows stand in the order in which they were reported, up to 30 days after the event, so that days are
nearly sorted. Nulls stand in `actor2`, `fatalities_low` and `fatalities_high` alone. Of the notes a third
holds a comma, one in twenty a quote, one in fifty a line break.
"""
import argparse
import pathlib

import numpy
import polars
import pyarrow
import pyarrow.compute
import pyarrow.parquet

SEED = 20240817
FIRST_DAY, DAY_COUNT = numpy.datetime64("2015-01-01"), 3653

# Each type of event, its share, how many subtypes it has, and the share of its events that kill.
TYPES = [
    ("Battles", 0.24, 3, 0.45),
    ("Explosions/Remote violence", 0.17, 6, 0.35),
    ("Violence against civilians", 0.14, 4, 0.5),
    ("Protests", 0.30, 4, 0.02),
    ("Riots", 0.09, 3, 0.12),
    ("Strategic developments", 0.06, 5, 0.01),
]
SUBTYPES = ("armed clash", "shelling", "air strike", "mob", "looting", "detention")
KINDS = ("State Forces", "Rebel Group", "Political Militia", "Identity Militia", "Rioters", "Protesters",
         "Civilians", "External Forces")
ACTOR_FORMS = ("Military Forces of", "Police Forces of", "Unidentified Armed Group", "Militia",
               "Front for the Liberation of", "Protesters", "Rioters", "Communal Militia", "Rebels of",
               "Union, Workers'")
WORDS = """
    armed men attacked the village market near river bridge police fired tear gas at crowd of protesters
    demanding better wages and access to clean water local sources report that militants clashed with army
    patrol along main road two vehicles were destroyed civilians fled towards town residents said shelling
    damaged several houses no casualties reported unidentified gunmen abducted farmers health workers school
    students teachers marched through city centre security forces dispersed roadblock burning tyres drone
    strike hit checkpoint convoy ambush improvised explosive device detonated mosque church court office
    governor soldiers killed wounded arrested released negotiated ceasefire talks district border camp
    """.split()
COUNTRIES, REGIONS, PLACES, ACTORS, SOURCES, PHRASES = 200, 2_000, 20_000, 5_000, 800, 3_000
# What stands between the two halves of a note, and how often.
JOINTS = ((" ", 0.48), (", ", 0.33), (' "sic" ', 0.05), (",\n", 0.02), (" - ", 0.12))


class Vocabulary:
    """The names that occur in the data; they are the same for any number of rows."""

    def __init__(self):
        self.random = numpy.random.default_rng(7)
        names = (self.name() + (" Republic" if i % 9 == 0 else "") for i in range(3 * COUNTRIES))
        self.countries = list(dict.fromkeys(names))[:COUNTRIES]
        self.countries[7] = "Côte d'" + self.countries[7]
        divisions = ("Province", "State", "Region", "District")
        self.regions = [
            f"{self.name()} {divisions[i % 4]} {i // 10 % COUNTRIES:03d}-{i % 10}" for i in range(REGIONS)]
        self.places = [f"{self.name()} {self.name()} {i}" for i in range(PLACES)]
        self.actors = [f"{ACTOR_FORMS[i % 10]} {self.name()} ({i:04d})" for i in range(ACTORS)]
        papers = ("Times", "Radio", "Observer", "Herald", "Post")
        self.sources = [f"{self.name()} {papers[i % 5]} {i}" for i in range(SOURCES)]
        self.subtypes = [
            f"{name.split()[0].split('/')[0]} - {SUBTYPES[j]} {i}{j}"
            for i, (name, _, count, _) in enumerate(TYPES) for j in range(count)]
        self.kind_of_actor = self.random.integers(0, len(KINDS), ACTORS)
        self.second_actors = self.random.permutation(ACTORS)[:3_000]
        self.homes = self.random.uniform([-35, -20], [37, 55], (PLACES, 2))
        self.openings = [self.phrase(3, 7).capitalize() for _ in range(PHRASES)]
        self.endings = [self.phrase(2, 9) for _ in range(PHRASES)]

    def name(self):
        count = self.random.integers(2, 5)
        syllables = (
            self.random.choice(list("bdfgklmnrstvz")) + self.random.choice(list("aeiou"))
            for _ in range(count))
        return "".join(syllables).capitalize()

    def phrase(self, least, most):
        return " ".join(self.random.choice(WORDS, self.random.integers(least, most)))


def falling(count, power, offset=2.7):
    """Shares that fall with the rank, as those of actors and places do (Zipf and Mandelbrot)."""
    weights = 1.0 / (numpy.arange(1, count + 1) + offset) ** power
    return weights / weights.sum()


def drawn(random, shares, count):
    """Numbers from 0, each as often as its share says."""
    limits = numpy.cumsum(shares)
    limits[-1] = 1.0
    found = numpy.searchsorted(limits, random.random(count), side="right")
    return found.clip(0, len(shares) - 1).astype(numpy.int32)


def coded(names, codes, nulls=None):
    return pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(codes, pyarrow.int32(), mask=nulls), pyarrow.array(names, pyarrow.string()))


def joined(*parts):
    return pyarrow.compute.binary_join_element_wise(*parts, "")


def texts_of(numbers):
    return pyarrow.compute.cast(pyarrow.array(numbers), pyarrow.string())


def events(count, names, seed=SEED):
    """The table of events. What is drawn stands in a fixed order: another one would be other data."""
    random = numpy.random.default_rng([seed, count])
    days = random.integers(0, DAY_COUNT, count, dtype=numpy.int32)
    reported = days + random.integers(0, 31, count, dtype=numpy.int32)
    days = days[numpy.argsort(reported, kind="stable")]

    types = drawn(random, numpy.array([share for _, share, _, _ in TYPES]), count)
    subtype_counts = numpy.array([n for _, _, n, _ in TYPES])
    first_subtypes = (numpy.cumsum(subtype_counts) - subtype_counts).astype(numpy.int32)
    subtypes = first_subtypes[types] + (
        random.random(count) ** 2 * subtype_counts[types]).astype(numpy.int32)
    first_actors = drawn(random, falling(ACTORS, 1.05), count)
    second_actors = names.second_actors[drawn(random, falling(3_000, 1.0), count)].astype(numpy.int32)
    has_no_second = random.random(count) < 0.30

    countries = drawn(random, falling(COUNTRIES, 0.8), count)
    regions = countries * 10 + (random.random(count) ** 1.5 * 10).astype(numpy.int32)
    places = regions * 10 + (random.random(count) ** 1.5 * 10).astype(numpy.int32)
    latitudes = numpy.round(names.homes[places, 0] + random.normal(0, 0.05, count), 4)
    longitudes = numpy.round(names.homes[places, 1] + random.normal(0, 0.05, count), 4)
    sources = drawn(random, falling(SOURCES, 1.0), count)

    kills = random.random(count) < numpy.array([share for _, _, _, share in TYPES])[types]
    best = numpy.where(kills, random.geometric(0.22, count), 0).astype(numpy.int64)
    best = numpy.where(random.random(count) < 0.0005, best * 40, best)
    low = (best * random.random(count)).astype(numpy.int64)
    high = best + (best * random.random(count) * 1.5).astype(numpy.int64)
    has_no_low, has_no_high = random.random(count) < 0.10, random.random(count) < 0.08

    prefixes = numpy.array(["KAZ", "VEN", "MLI", "UKR", "SDN"], object)[countries % 5]
    ids = joined(pyarrow.array(prefixes, pyarrow.string()), texts_of(random.permutation(count) + 100_000))
    joints = random.choice(len(JOINTS), count, p=[share for _, share in JOINTS]).astype(numpy.int32)
    openings = pyarrow.array(drawn(random, falling(PHRASES, 0.3), count))
    endings = pyarrow.array(random.integers(0, PHRASES, count, dtype=numpy.int32))
    notes = joined(
        pyarrow.array(names.openings).take(openings),
        pyarrow.array([text for text, _ in JOINTS]).take(pyarrow.array(joints)),
        pyarrow.array(names.endings).take(endings), " ", texts_of(random.integers(1, 5000, count)), ".")

    def whole(numbers, nulls=None):
        return pyarrow.array(numbers, pyarrow.int64(), mask=nulls)

    return pyarrow.table({
        "event_id": ids,
        "event_date": pyarrow.array((FIRST_DAY + days).astype("datetime64[D]"), pyarrow.date32()),
        "event_type": coded([name for name, _, _, _ in TYPES], types),
        "sub_event_type": coded(names.subtypes, subtypes),
        "actor1": coded(names.actors, first_actors),
        "actor2": coded(names.actors, second_actors, has_no_second),
        "country": coded(names.countries, countries),
        "admin1": coded(names.regions, regions),
        "location": coded(names.places, places),
        "latitude": pyarrow.array(latitudes),
        "longitude": pyarrow.array(longitudes),
        "source": coded(names.sources, sources),
        "fatalities": whole(best),
        "fatalities_low": whole(low, has_no_low),
        "fatalities_high": whole(high, has_no_high),
        "notes": notes,
    })


def write_csv(table, file, has_header=True):
    polars.from_arrow(table).write_csv(file, include_header=has_header, quote_style="necessary")


def write_events(folder, count, names):
    table = events(count, names)
    path = folder / f"events_{count}"
    with pyarrow.OSFile(f"{path}.arrow", "wb") as file:
        with pyarrow.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table.combine_chunks())
    pyarrow.parquet.write_table(
        table, f"{path}.parquet", compression="snappy", row_group_size=1_000_000)
    write_csv(table, f"{path}.csv")


def write_parts(folder, count, part_count, names):
    with open(folder / f"events_{count * part_count}.csv", "wb") as file:
        for part in range(part_count):
            write_csv(events(count, names, SEED + part), file, has_header=part == 0)


def write_actors(folder, names):
    with open(folder / "actors.csv", "w", encoding="utf-8") as file:
        file.write("actor,kind\n")
        for actor, kind in zip(names.actors, names.kind_of_actor):
            file.write(('"' + actor + '"' if "," in actor else actor) + "," + KINDS[kind] + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="+", type=float)
    parser.add_argument("--into", type=pathlib.Path, default=pathlib.Path(__file__).parent / ".build/data")
    parser.add_argument("--parts", type=int)
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    names = Vocabulary()
    write_actors(options.into, names)
    for count in map(int, options.rows):
        if options.parts:
            write_parts(options.into, count, options.parts, names)
        else:
            write_events(options.into, count, names)


if __name__ == "__main__":
    main()
