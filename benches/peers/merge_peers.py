"""merge_peers.py FOLDER QINGDAN_BENCHES

The same three-way merge of before.csv, after.csv and theirs.csv by the library (read, merge, write as JSON), by daff (npm) and by
`git merge-file`, each as a process of its own: seconds and peak memory, and what each says of clashes beside the truth,
which is a comparison field by field in a few lines here. Prints a row of a Markdown table for each.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

folder, ours_program = Path(sys.argv[1]), sys.argv[2]
csv.field_size_limit(1 << 30)
KEY = "事项编码"
FILES = ["before.csv", "after.csv", "theirs.csv"]


def normal(text):
    shape = str.maketrans("‘’“”〔〕【】", "''\"\"[][]")
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(shape).rstrip("。.")


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row[KEY]: row for row in csv.DictReader(file)}


base, ours, theirs = (table(folder / name) for name in FILES)
truth, removed = set(), set()
for key in base.keys() | ours.keys() | theirs.keys():
    b, o, t = base.get(key), ours.get(key), theirs.get(key)
    same = lambda x, y: all(normal(x[c] or "") == normal(y[c] or "") for c in x)
    if b and o and t:
        fields = [[normal(row[c] or "") for row in (b, o, t)] for c in b]
        if any(len(set(values)) == 3 for values in fields):
            truth.add(key)
    elif b and (o or t):
        if not same(b, o or t):
            truth.add(key)
            removed.add(key)
    elif not b and o and t and not same(o, t):
        truth.add(key)


def run(command, **more):
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, **more)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, out.decode("utf-8", "replace")


def row(name, seconds, peak, found, note=""):
    right, wrong, missed = len(found & truth), len(found - truth), len(truth - found)
    print(f"| {name} | {len(base)} | {seconds:.2f} | {peak:.0f} MB | {right} | {wrong} | {missed} | {note} |", flush=True)


seconds, peak, said = run([ours_program, "work", "merge-files", "."], stdin=open(os.devnull))
found = set(json.loads((folder / "clashing.json").read_text()))
row("qingdan, CSV to JSON", seconds, peak, found)

# git: rows in hunks of conflict.
seconds, peak, said = run(["git", "merge-file", "-p", FILES[1], FILES[0], FILES[2]])
inside, found = False, set()
for line in said.splitlines():
    if line.startswith("<<<<<<<"):
        inside = True
    elif line.startswith(">>>>>>>"):
        inside = False
    elif inside:
        key = line.split(",", 1)[0].strip('"')
        if len(key) == 12 and key[:3].isdigit():
            found.add(key)
row("`git merge-file`", seconds, peak, found, "items in hunks; a cell of several lines is several lines")

# daff: cells with `((( `, and records that are gone though one side edited them.
daff = Path(__file__).parent / "node_modules/.bin/daff"
if len(base) > 100_000:
    print(f"| daff (npm) | {len(base)} | - | - | - | - | - | not run: hours |")
elif daff.exists():
    seconds, peak, said = run([str(daff), "merge", "--id", KEY, "--output", "daff.csv", *FILES])
    # The header does not stay the first row there.
    with open(folder / "daff.csv", encoding="utf-8-sig", newline="") as file:
        merged = {line[0]: line for line in csv.reader(file) if line}
    found = {key for key, line in merged.items() if any("(((" in cell for cell in line)}
    lost = len([key for key in removed if key not in merged])
    row("daff (npm)", seconds, peak, found, f"{lost} edited items dropped without a word")
else:
    print("| daff (npm) | not installed: `bash benches/peers/install.sh` |")
