"""The questions in Polars.

Variants: `text` keeps texts as texts, `coded` as dictionaries; `load` and `load-coded` read the CSV file,
`scan` and `read` open the Arrow file, `scan-parquet` the Parquet file, and answer q1.
"""
import datetime
import os

from protocol import *

CALL = Call()
os.environ["POLARS_MAX_THREADS"] = str(CALL.threads)
import polars as pl
from polars import col

NUMBERS = {
    "event_date": pl.Date, "latitude": pl.Float64, "longitude": pl.Float64, "fatalities": pl.Int64,
    "fatalities_low": pl.Int64, "fatalities_high": pl.Int64,
}
day = datetime.date.fromisoformat


def by_day(frame):
    return frame.lazy().group_by("event_date").agg(
        pl.len().alias("n"), col("fatalities").sum()).sort("event_date").collect()


def read_csv(coded):
    types = dict(NUMBERS, **({name: pl.Categorical for name in CODED} if coded else {}))
    return pl.read_csv(f"{CALL.events}.csv", schema_overrides=types)


def questions(events, actors):
    lazy = events.lazy()

    def q2():
        def role(name):
            return lazy.select(pl.lit(name).alias("role"), col(name).alias("actor"), "fatalities")
        both = pl.concat([role("actor1"), role("actor2").drop_nulls("actor")])
        return both.group_by("role", "actor").agg(
            pl.len().alias("n"), col("fatalities").sum()
        ).with_columns(col("actor").cast(pl.String)).sort(
            ["fatalities", "n", "role", "actor"], descending=[True, True, False, False]
        ).head(20).collect()

    def q3():
        counts = lazy.filter(
            (col("country") == COUNTRY) & col("event_type").is_in(VIOLENT)
            & col("event_date").is_between(day(FROM), day(TO))
        ).group_by(col("event_date").dt.truncate("1mo").alias("month"), "event_type").agg(
            pl.len().alias("n")).collect()
        wide = counts.with_columns(col("event_type").cast(pl.String)).pivot(
            "event_type", index="month", values="n").fill_null(0).sort("month")
        absent = [pl.lit(0).alias(name) for name in TYPES if name not in wide.columns]
        return wide.with_columns(absent).select(["month"] + TYPES)

    def q4():
        return lazy.group_by("country", "admin1").agg(
            pl.len().alias("n"), col("fatalities_low").sum().alias("low"),
            col("fatalities").sum().alias("best"), col("fatalities_high").sum().alias("high"),
            col("actor1").n_unique().alias("actors")
        ).with_columns(col("country", "admin1").cast(pl.String)).sort("country", "admin1").collect()

    def q5():
        totals = lazy.group_by("country", "location").agg(col("fatalities").sum())
        return totals.with_columns(col("country", "location").cast(pl.String)).sort(
            ["country", "fatalities", "location"], descending=[False, True, False]
        ).with_columns((pl.int_range(pl.len()).over("country") + 1).alias("rank")).filter(
            col("rank") <= 10).collect()

    def q6():
        days = pl.date_range(day(FIRST_DAY), day(LAST_DAY), eager=True).alias("event_date")
        counts = lazy.group_by("country", "event_date").agg(pl.len().alias("n"))
        grid = lazy.select("country").unique().join(days.to_frame().lazy(), how="cross")
        return grid.join(counts, on=["country", "event_date"], how="left").with_columns(
            col("n").fill_null(0)).sort("country", "event_date").with_columns(
                col("n").rolling_mean(7, min_samples=1).over("country").alias("mean7")).collect()

    def q7():
        return lazy.filter(col("notes").str.contains(WORD, literal=True)).group_by(
            col("event_date").dt.year().alias("year")).agg(pl.len().alias("n")).sort("year").collect()

    def q8():
        return lazy.join(actors.lazy(), left_on="actor1", right_on="actor").group_by(
            "kind", col("event_date").dt.year().alias("year")
        ).agg(pl.len().alias("n"), col("fatalities").sum()).sort("kind", "year").collect()

    def q9():
        return lazy.group_by("event_type").agg(
            col("fatalities").median().alias("median"),
            col("fatalities").quantile(0.95, "linear").alias("p95")
        ).with_columns(col("event_type").cast(pl.String)).sort("event_type").collect()

    def loop():
        totals = {}
        for kind, actor, deaths in events.select("event_type", "actor1", "fatalities").iter_rows():
            if kind == "Battles":
                totals[actor] = totals.get(actor, 0) + deaths
        return pl.DataFrame({"actor1": list(totals), "fatalities": list(totals.values())}).sort("actor1")

    def sort():
        return lazy.select("event_id", "event_date", "fatalities").sort(
            ["fatalities", "event_date", "event_id"], descending=[True, False, False]).collect()

    def join():
        totals = lazy.group_by("actor1").agg(col("fatalities").sum().alias("total"))
        return lazy.select("actor1", "fatalities").join(totals, on="actor1").filter(
            col("fatalities") * 2 > col("total")).group_by("actor1").agg(
                pl.len().alias("n")).sort("n", descending=True).collect()

    def window():
        return lazy.group_by("country", "event_date").agg(col("fatalities").sum()).sort(
            "country", "event_date").with_columns(
                col("fatalities").cum_sum().over("country").alias("so_far"),
                col("fatalities").shift(1).over("country").alias("before"),
                col("fatalities").rank("min", descending=True).over("country").alias("place"),
            ).group_by("country").agg(
                col("so_far").max().alias("most"), col("place").min().alias("least"),
                (col("fatalities") > col("before")).sum().alias("steps")).sort("country").collect()

    return {"q1": lambda: by_day(events), "q2": q2, "q3": q3, "q4": q4, "q5": q5, "q6": q6, "q7": q7,
            "q8": q8, "q9": q9, "loop": loop, "sort": sort, "join": join, "window": window}


OPENING = {
    "load": ("load", lambda: read_csv(coded=False)),
    "load-coded": ("load", lambda: read_csv(coded=True)),
    "scan": ("open", lambda: by_day(pl.scan_ipc(f"{CALL.events}.arrow"))),
    "read": ("open", lambda: by_day(pl.read_ipc(f"{CALL.events}.arrow"))),
    "scan-parquet": ("open", lambda: by_day(pl.scan_parquet(f"{CALL.events}.parquet"))),
}
if CALL.variant in OPENING:
    job, ask = OPENING[CALL.variant]
    CALL.run({job: ask}, None)
else:
    actors = pl.read_csv(CALL.data / "actors.csv")
    events = pl.read_ipc(f"{CALL.events}.arrow")
    if CALL.variant == "text":
        events = events.with_columns(col(CODED).cast(pl.String))
    else:
        actors = actors.with_columns(col("actor").cast(events.schema["actor1"]))
    CALL.run(questions(events.rechunk(), actors), lambda job, answer: answer.rows())
