"""The questions on groups in Polars. Variants: `text` keeps texts as texts, `coded` as dictionaries."""
import os

from protocol import *

CALL = Call()
os.environ["POLARS_MAX_THREADS"] = str(CALL.threads)
import polars as pl
from polars import col

KEYS = ["id1", "id2", "id3", "id4", "id5", "id6"]


def questions(lazy):
    def over(*keys):
        return lazy.group_by(*keys)

    plans = {
        "g1": over("id1").agg(col("v1").sum()),
        "g2": over("id1", "id2").agg(col("v1").sum()),
        "g3": over("id3").agg(col("v1").sum(), col("v3").mean()),
        "g4": over("id4").agg(col("v1", "v2", "v3").mean()),
        "g5": over("id6").agg(col("v1", "v2", "v3").sum()),
        "g6": over("id4", "id5").agg(col("v3").median().alias("median"), col("v3").std().alias("sd")),
        "g7": over("id3").agg((col("v1").max() - col("v2").min()).alias("range")),
        "g8": over("id6").agg(col("v3").top_k(2)).explode("v3"),
        "g9": over("id2", "id4").agg((pl.corr("v1", "v2") ** 2).alias("r2")),
        "g10": over(*KEYS).agg(col("v3").sum(), pl.len().alias("n")),
    }
    return {job: (lambda plan=plan: plan.collect()) for job, plan in plans.items()}


groups = pl.read_ipc(f"{CALL.groups}.arrow")
if CALL.variant == "text":
    groups = groups.with_columns(col("id1", "id2", "id3").cast(pl.String))
CALL.run(questions(groups.rechunk().lazy()), lambda job, answer: answer.rows())
