"""The questions on groups in DuckDB. Variants: `text` keeps texts as texts, `coded` as enums."""
from protocol import *

import duckdb

CALL = Call()
QUESTIONS = {
    "g1": "select id1, sum(v1) from groups group by id1",
    "g2": "select id1, id2, sum(v1) from groups group by id1, id2",
    "g3": "select id3, sum(v1), avg(v3) from groups group by id3",
    "g4": "select id4, avg(v1), avg(v2), avg(v3) from groups group by id4",
    "g5": "select id6, sum(v1), sum(v2), sum(v3) from groups group by id6",
    "g6": "select id4, id5, quantile_cont(v3, 0.5), stddev(v3) from groups group by id4, id5",
    "g7": "select id3, max(v1) - min(v2) from groups group by id3",
    "g8": "select id6, unnest(max(v3, 2)) from groups group by id6",
    "g9": "select id2, id4, pow(corr(v1, v2), 2) from groups group by id2, id4",
    "g10": """
        select id1, id2, id3, id4, id5, id6, sum(v3), count(*) from groups
        group by id1, id2, id3, id4, id5, id6""",
}

database = duckdb.connect(":memory:", config={"threads": CALL.threads})
database.execute("set enable_progress_bar = false")
database.execute(f"create table groups as select * from '{CALL.groups}.parquet'")
if CALL.variant == "coded":
    for name in ["id1", "id2", "id3"]:
        database.execute(
            f"create type e_{name} as enum (select distinct {name} from groups order by {name})")
    database.execute("""
        create table coded as
        select * replace (id1::e_id1 as id1, id2::e_id2 as id2, id3::e_id3 as id3) from groups""")
    database.execute("drop table groups")
    database.execute("alter table coded rename to groups")


def rows_of(job, answer):
    numbered = answer.rename_columns([str(index) for index in range(answer.num_columns)])
    return [tuple(row.values()) for row in numbered.to_pylist()]


asked = {
    job: (lambda query=query: database.sql(query).to_arrow_table())
    for job, query in QUESTIONS.items()}
CALL.run(asked, rows_of)
