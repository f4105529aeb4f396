"""duckdb_join.py BEFORE.csv AFTER.csv

For each line on standard input reads both tables and compares them by a full
outer join over all columns, end to end, in a new in-memory database, and says
as one line of JSON what it counted and how long it took. Whoever compares
times compares counts before.
"""

import json
import os
import sys
import time

import duckdb

KEY = "事项编码"
FIELDS = [
    "事项名称",
    "子项名称",
    "主管部门",
    "实施机关",
    "设定和实施依据",
    "行使层级",
    "法定办结时限",
    "承诺办结时限",
    "备注",
]


def compare(before, after, threads):
    differs = " OR ".join(f'a."{name}" IS DISTINCT FROM b."{name}"' for name in FIELDS)
    # The dialect is told, so that nothing is sniffed; all columns as text.
    table = "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
    query = f"""
        SELECT count(*) FILTER (a."{KEY}" IS NOT NULL AND b."{KEY}" IS NOT NULL AND ({differs})),
               count(*) FILTER (a."{KEY}" IS NULL),
               count(*) FILTER (b."{KEY}" IS NULL)
        FROM {table} a FULL OUTER JOIN {table} b ON a."{KEY}" = b."{KEY}"
    """
    options = {"threads": threads, "preserve_insertion_order": False}
    with duckdb.connect(":memory:", config=options) as database:
        changed, added, removed = database.execute(query, [before, after]).fetchone()
    return {"differing": changed, "added": added, "removed": removed}


def peak_megabytes():
    # Of this program alone: what getrusage tells begins with whoever started it.
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def main():
    before, after = sys.argv[1:3]
    cores = len(os.sched_getaffinity(0))
    for _ in sys.stdin:
        start = time.perf_counter()
        counts = compare(before, after, cores)
        seconds = time.perf_counter() - start
        peak = peak_megabytes()
        print(json.dumps({"seconds": seconds, "peak_mb": peak, "counts": counts}), flush=True)


if __name__ == "__main__":
    main()
