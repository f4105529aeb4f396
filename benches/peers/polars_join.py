"""polars_join.py BEFORE.csv AFTER.csv

Reads both tables once; then, for each line on standard input, makes the full
outer join by code with the comparison of all columns, and says as one line of
JSON what it counted and how long it took. Whoever compares times compares
counts before.
"""

import json
import sys
import time

import polars as pl

KEY = "事项编码"


def read(path):
    # All columns as text: codes begin with zeros, and nothing is inferred twice.
    return pl.read_csv(path, infer_schema=False, empty_string_is_null=False)


def compare(before, after):
    fields = [name for name in before.columns if name != KEY]
    old, new = pl.col(KEY), pl.col(f"{KEY}_right")
    differs = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_right") for name in fields)
    counts = (
        before.lazy()
        .join(after.lazy(), on=KEY, how="full", coalesce=False)
        .select(
            differing=(old.is_not_null() & new.is_not_null() & differs).sum(),
            added=old.is_null().sum(),
            removed=new.is_null().sum(),
        )
        .collect()
        .row(0, named=True)
    )
    return {name: int(count) for name, count in counts.items()}


def peak_megabytes():
    # Of this program alone: what getrusage tells begins with whoever started it.
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def main():
    before, after = (read(path) for path in sys.argv[1:3])
    for _ in sys.stdin:
        start = time.perf_counter()
        counts = compare(before, after)
        seconds = time.perf_counter() - start
        peak = peak_megabytes()
        print(json.dumps({"seconds": seconds, "peak_mb": peak, "counts": counts}), flush=True)


if __name__ == "__main__":
    main()
