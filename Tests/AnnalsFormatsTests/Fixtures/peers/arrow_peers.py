"""What other programs read and write as Arrow files. The table below is made up for this test.

    arrow_peers.py have             says which of the libraries are there
    arrow_peers.py read FILE        prints a line for each library: its name and the rows as JSON
    arrow_peers.py write FOLDER     writes the table in every form that is to be read
"""
import datetime as dt
import importlib
import json
import pathlib
import sys

LIBRARIES = ["pyarrow", "polars", "duckdb"]
TEXTS = ["protest", None, "clash ⚔", "", "protest"]
NUMBERS = [0.5, None, -3.25, 0.0, 1e6]
INTEGERS = [1, None, 100, 0, 7]
BOOLEANS = [True, None, False, False, True]
DAYS = [dt.date(2022, 1, 5), None, dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(2024, 2, 29)]
TIMES = [
    dt.datetime(2022, 1, 5, 10, 30, tzinfo=dt.timezone.utc), None,
    dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=dt.timezone.utc),
    dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc),
    dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=dt.timezone.utc)]
LISTS = [["a", "b"], None, [], ["é"], ["a"]]


def plain(value):
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value


def rows(columns):
    names = list(columns)
    return json.dumps(
        [[plain(value) for value in row] for row in zip(*columns.values())],
        ensure_ascii=False, separators=(",", ":")) if names else "[]"


def read(path):
    import duckdb
    import polars
    import pyarrow.ipc
    table = pyarrow.ipc.open_file(pyarrow.memory_map(path)).read_all()
    table.validate(full=True)
    print("pyarrow", rows(table.to_pydict()))
    print("polars", rows(polars.read_ipc(path).to_dict(as_series=False)))
    asked = duckdb.from_arrow(table).query("t", "select * from t").to_arrow_table()
    print("duckdb", rows(asked.to_pydict()))


def base():
    import pyarrow as pa
    return {
        "text": pa.array(TEXTS), "number": pa.array(NUMBERS), "integer": pa.array(INTEGERS),
        "boolean": pa.array(BOOLEANS), "day": pa.array(DAYS),
        "time": pa.array(TIMES, pa.timestamp("us", "UTC")),
        "list": pa.array(LISTS, pa.list_(pa.string()))}


def store(folder, name, batches, options=None):
    import pyarrow as pa
    with pa.OSFile(str(folder / (name + ".arrow")), "wb") as sink:
        with pa.ipc.new_file(sink, batches[0].schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)


def write(folder):
    import duckdb
    import polars
    import pyarrow as pa
    folder = pathlib.Path(folder)

    def variant(name, **changed):
        store(folder, name, [pa.record_batch({**base(), **changed})])

    variant("plain")
    variant("large_text", text=pa.array(TEXTS, pa.large_string()),
            list=pa.array(LISTS, pa.large_list(pa.large_string())))
    variant("views", text=pa.array(TEXTS, pa.string_view()),
            list=pa.array(LISTS, pa.list_(pa.string_view())))
    for code in ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]:
        kind = getattr(pa, code)()
        variant("codes_" + code, integer=pa.array(INTEGERS, kind),
                text=pa.array(TEXTS).dictionary_encode().cast(pa.dictionary(kind, pa.string())))
    variant("float32", number=pa.array(NUMBERS, pa.float32()))
    variant("date64", day=pa.array(DAYS, pa.date64()))
    for unit in ["s", "ms", "ns"]:
        variant("timestamp_" + unit, time=pa.array(TIMES, pa.timestamp(unit, "Asia/Almaty")))
    whole = pa.record_batch(base())
    store(folder, "batches", [whole.slice(0, 1), whole.slice(1, 0), whole.slice(1, 4)])
    # A dictionary that grows from batch to batch, and one that holds null and a text twice.
    grown = [pa.DictionaryArray.from_arrays(pa.array([0, None], pa.int8()), ["protest"]),
             pa.DictionaryArray.from_arrays(
                 pa.array([1, 2, 0], pa.int8()), ["protest", "clash ⚔", ""])]
    store(folder, "delta", [
        pa.record_batch({**{name: array[:2] for name, array in base().items()}, "text": grown[0]}),
        pa.record_batch({**{name: array[2:] for name, array in base().items()}, "text": grown[1]}),
    ], pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True))
    variant("odd_dictionary", text=pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 2, 4, 3], pa.int8()),
        pa.array(["protest", None, "clash ⚔", "protest", ""])))
    table = pa.table(base())
    polars.from_arrow(table).write_ipc(folder / "polars.arrow", compression="uncompressed")
    polars.from_arrow(table).with_columns(polars.col("text").cast(polars.Categorical)).write_ipc(
        folder / "polars_categorical.arrow", compression="uncompressed")
    asked = duckdb.from_arrow(table).query("t", "select * from t").to_arrow_table()
    store(folder, "duckdb", asked.combine_chunks().to_batches())
    # What is not read: compression and types that tables do not have.
    store(folder, "refused_compression", [whole], pa.ipc.IpcWriteOptions(compression="zstd"))
    variant("refused_decimal", number=pa.array([1, None, 2, 3, 4], pa.decimal128(9, 2)))
    variant("refused_struct", text=pa.array([{"a": 1}] * 5))
    variant("refused_null_element", list=pa.array([["a", None]] * 5))
    variant("refused_nanoseconds", time=pa.array([1] * 5, pa.timestamp("ns")))


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "have":
        for library in LIBRARIES:
            importlib.import_module(library)
    else:
        {"read": read, "write": write}[command](*arguments)
