"""The questions in DuckDB.

Variants: `text` keeps texts as texts, `coded` as enums; `load` reads the CSV file, `database` opens a
database file of DuckDB's own and `parquet` the Parquet file, and answer q1.
"""
from protocol import *

import duckdb

CALL = Call()
SETTINGS = {"threads": CALL.threads}
COLUMNS = {
    "event_id": "VARCHAR", "event_date": "DATE", "event_type": "VARCHAR", "sub_event_type": "VARCHAR",
    "actor1": "VARCHAR", "actor2": "VARCHAR", "country": "VARCHAR", "admin1": "VARCHAR",
    "location": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE", "source": "VARCHAR",
    "fatalities": "BIGINT", "fatalities_low": "BIGINT", "fatalities_high": "BIGINT", "notes": "VARCHAR",
}
CSV = f"""read_csv('{CALL.events}.csv', header = true, quote = '"', escape = '"', columns = {COLUMNS})"""
BY_DAY = "select event_date, count(*), sum(fatalities) from {} group by 1 order by 1"


def questions():
    of_type = ", ".join(f"count(*) filter (event_type = '{name}')" for name in TYPES)
    violent = ", ".join(f"'{name}'" for name in VIOLENT)
    return {
        "q1": BY_DAY.format("events"),
        "q2": """
            select role, actor, count(*) as n, sum(fatalities) as total from (
              select 'actor1' as role, actor1::varchar as actor, fatalities from events
              union all
              select 'actor2', actor2::varchar, fatalities from events where actor2 is not null)
            group by role, actor order by total desc, n desc, role, actor limit 20""",
        "q3": f"""
            select date_trunc('month', event_date)::date as month, {of_type} from events
            where country = '{COUNTRY}' and event_type in ({violent})
              and event_date between date '{FROM}' and date '{TO}'
            group by month order by month""",
        "q4": """
            select country::varchar as c, admin1::varchar as a, count(*), sum(fatalities_low),
              sum(fatalities), sum(fatalities_high), count(distinct actor1)
            from events group by country, admin1 order by c, a""",
        "q5": """
            with totals as (
              select country, location, sum(fatalities) as total from events group by all)
            select country::varchar as c, location::varchar as l, total, row_number() over (
              partition by country order by total desc, location::varchar) as place
            from totals qualify place <= 10 order by c, place""",
        "q6": f"""
            with counts as (select country, event_date, count(*) as n from events group by all),
            grid as (
              select country, day::date as day from (select distinct country from events),
                range(date '{FIRST_DAY}', date '{LAST_DAY}' + interval 1 day, interval 1 day) as r(day)),
            filled as (
              select grid.country, grid.day, coalesce(n, 0) as n from grid left join counts
              on grid.country = counts.country and grid.day = counts.event_date)
            select country::varchar as c, day, n, avg(n) over (
              partition by country order by day rows between 6 preceding and current row)
            from filled order by c, day""",
        "q7": f"""
            select year(event_date) as y, count(*) from events where contains(notes, '{WORD}')
            group by y order by y""",
        "q8": """
            select kind, year(event_date) as y, count(*), sum(fatalities)
            from events join actors on actor1 = actor group by kind, y order by kind, y""",
        "q9": """
            select event_type::varchar as t, quantile_cont(fatalities, 0.5),
              quantile_cont(fatalities, 0.95) from events group by event_type order by t""",
        "sort": """
            select event_id, event_date, fatalities from events
            order by fatalities desc, event_date, event_id""",
        "join": """
            with totals as (select actor1, sum(fatalities) as total from events group by actor1)
            select events.actor1, count(*) as n from events join totals on events.actor1 = totals.actor1
            where fatalities * 2 > total group by events.actor1 order by n desc""",
        "window": """
            with days as (
              select country, event_date, sum(fatalities) as fatalities from events group by all),
            series as (
              select country, fatalities,
                sum(fatalities) over (partition by country order by event_date) as so_far,
                lag(fatalities) over (partition by country order by event_date) as before,
                rank() over (partition by country order by fatalities desc) as place
              from days)
            select country::varchar as c, max(so_far), min(place),
              count(*) filter (fatalities > before)
            from series group by country order by c""",
    }


def encode(database):
    """Turns the texts that repeat into enums; both actors and the list of actors share one."""
    for name in CODED:
        if name == "actor2":
            continue
        values = f"select {name} as x from events"
        if name == "actor1":
            values += " union select actor2 from events union select actor from actors"
        database.execute(
            f"create type e_{name} as enum (select x from ({values}) where x is not null order by x)")
    coded = ", ".join(
        f"{name}::e_{'actor1' if name == 'actor2' else name} as {name}" for name in CODED)
    database.execute(f"create table coded as select * replace ({coded}) from events")
    database.execute("drop table events")
    database.execute("alter table coded rename to events")
    database.execute("alter table actors alter actor type e_actor1")


def loop(database):
    totals = {}
    cursor = database.execute("select event_type, actor1, fatalities from events")
    while batch := cursor.fetchmany(65_536):
        for kind, actor, deaths in batch:
            if kind == "Battles":
                totals[actor] = totals.get(actor, 0) + deaths
    return sorted(totals.items())


def rows_of(job, answer):
    if job == "loop":
        return answer
    numbered = answer.rename_columns([str(index) for index in range(answer.num_columns)])
    return [tuple(row.values()) for row in numbered.to_pylist()]


def memory():
    database = duckdb.connect(":memory:", config=SETTINGS)
    database.execute("set enable_progress_bar = false")
    return database


def load():
    memory().execute(f"create table events as select * from {CSV}")


def open_database():
    path = f"{CALL.events}.duckdb"
    with duckdb.connect(path, read_only=True, config=SETTINGS) as database:
        return database.sql(BY_DAY.format("events")).to_arrow_table()


def make_database():
    path = CALL.events.with_name(CALL.events.name + ".duckdb")
    if not path.exists():
        with duckdb.connect(str(path)) as database:
            database.execute(f"create table events as select * from '{CALL.events}.parquet'")


if CALL.variant == "load":
    CALL.run({"load": load}, None)
elif CALL.variant == "database":
    make_database()
    CALL.run({"open": open_database}, None)
elif CALL.variant == "parquet":
    database = memory()
    query = BY_DAY.format(f"'{CALL.events}.parquet'")
    CALL.run({"open": lambda: database.sql(query).to_arrow_table()}, None)
else:
    database = memory()
    database.execute(f"create table events as select * from '{CALL.events}.parquet'")
    database.execute(
        f"create table actors as select * from read_csv('{CALL.data}/actors.csv', header = true)")
    if CALL.variant == "coded":
        encode(database)
    asked = {
        job: (lambda query=query: database.sql(query).to_arrow_table())
        for job, query in questions().items()}
    CALL.run(dict(asked, loop=lambda: loop(database)), rows_of)
