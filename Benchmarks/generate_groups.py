#!/usr/bin/env python3
"""Makes the table of the questions on groups: the same bytes for the same number of rows.

    generate_groups.py ROWS... [--into FOLDER]

It has the shape of the table of the public db-benchmark with 100 values to a key: three keys of text, the
third of a hundredth as many values as there are rows, three of whole numbers like them, two small whole
numbers and one number with six decimals; no nulls, in no order. For each number of rows it writes
`groups_ROWS` as an Arrow file (texts as dictionaries) and as Parquet.
"""
import argparse
import pathlib

import numpy
import pyarrow
import pyarrow.parquet

from generate import SEED

VALUES = 100


def table(count):
    random = numpy.random.default_rng([SEED, VALUES, count])
    many = max(1, count // VALUES)

    def texts(values, width):
        codes = random.integers(0, values, count, dtype=numpy.int32)
        names = pyarrow.array([f"id{number:0{width}d}" for number in range(1, values + 1)])
        return pyarrow.DictionaryArray.from_arrays(pyarrow.array(codes), names)

    def whole(greatest):
        return pyarrow.array(random.integers(1, greatest + 1, count))

    return pyarrow.table({
        "id1": texts(VALUES, 3), "id2": texts(VALUES, 3), "id3": texts(many, 10),
        "id4": whole(VALUES), "id5": whole(VALUES), "id6": whole(many),
        "v1": whole(5), "v2": whole(15),
        "v3": pyarrow.array(numpy.round(random.uniform(0, 100, count), 6)),
    })


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="+", type=float)
    parser.add_argument("--into", type=pathlib.Path, default=pathlib.Path(__file__).parent / ".build/data")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    for count in map(int, options.rows):
        made = table(count)
        path = options.into / f"groups_{count}"
        with pyarrow.OSFile(f"{path}.arrow", "wb") as file:
            with pyarrow.ipc.new_file(file, made.schema) as writer:
                writer.write_table(made)
        pyarrow.parquet.write_table(made, f"{path}.parquet", compression="snappy")


if __name__ == "__main__":
    main()
