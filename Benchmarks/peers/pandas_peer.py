"""The question about every country and day in pandas, which has rolling windows of its own."""
from protocol import *

import pandas
import pyarrow

CALL = Call()


def by_country_and_day(events):
    counts = events.groupby(["event_date", "country"], observed=True).size().unstack(fill_value=0)
    counts = counts.reindex(pandas.date_range(FIRST_DAY, LAST_DAY), fill_value=0)
    counts.columns = counts.columns.astype(str)
    return counts, counts.rolling(7, min_periods=1).mean()


def rows_of(job, answer):
    counts, means = (frame.loc[str(SHOWN_FROM):str(SHOWN_TO)] for frame in answer)
    return [
        (country, day.date(), int(counts[country][day]), float(means[country][day]))
        for country in sorted(counts.columns) for day in counts.index]


pyarrow.set_cpu_count(CALL.threads)
events = pyarrow.ipc.open_file(f"{CALL.events}.arrow").read_all().select(
    ["event_date", "country"]).to_pandas()
events["event_date"] = events["event_date"].astype("datetime64[s]")
CALL.run({"q6": lambda: by_country_and_day(events)}, rows_of)
