#!/usr/bin/env python3
"""Clashes of a merge of Canada's service inventory, predicted field by field and held against `list_merge`.

    python3 tests/merge_clashes.py target/debug/examples/list_merge /path/to/canada-services

Base is 2018-2019, ours 2019-2020, theirs the base with edits made here. Exits 1 where the program and the few lines of
comparison below do not agree.
"""
import csv, json, random, subprocess, sys, tempfile, unicodedata
from pathlib import Path

program, data = sys.argv[1], Path(sys.argv[2])
csv.field_size_limit(1 << 30)


def normal(text):
    text = "".join(unicodedata.normalize("NFKC", text).split())
    for old, new in zip("‘’“”〔〕【】", "''\"\"[][]"):
        text = text.replace(old, new)
    return text.rstrip(".。")


def read(name):
    with open(data / name, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return rows.fieldnames, {row["service_id"]: row for row in rows}


header, base = read("2018-2019_services.csv")
_, ours = read("2019-2020_services.csv")
random.seed(7)
theirs = {key: dict(row) for key, row in base.items()}
texts = ["service_name_en", "service_description_en", "program_name_en", "service_url_en", "last_GBA", "service_fee"]
for key in random.sample(sorted(theirs), 400):
    row = theirs[key]
    field = random.choice(texts)
    deed = random.random()
    if deed < 0.1:
        del theirs[key]
    elif deed < 0.3:
        row[field] += "." if row[field] else ""  # spelling alone; a point where nothing stood would be a value
    elif deed < 0.5 and key in ours:
        row[field] = ours[key][field]  # as ours did
    else:
        row[field] = (row[field] + " (revised)").strip()

FIELDS = {"service_id": "id", "service_name_en": "name"}
expected = set()
for key, b in base.items():
    o, t = ours.get(key), theirs.get(key)
    differs = lambda row: any(normal(row[c] or "") != normal(b[c] or "") for c in header)
    if o and t:
        for column in header:
            x, y, z = (normal(row.get(column) or "") for row in (b, o, t))
            if len({x, y, z}) == 3:
                expected.add((key, "edit-edit", FIELDS.get(column, column)))
    elif (o and differs(o)) or (t and differs(t)):
        expected.add((key, "edit-remove", ""))

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "theirs.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, header)
        rows.writeheader()
        rows.writerows(theirs.values())
    lists = [data / "2018-2019_services.csv", data / "2019-2020_services.csv", path]
    columns = ",".join(f"{field}={column}" for column, field in FIELDS.items())
    command = [program, "--kind", "service", "--columns", columns, "--match", "codes", "--format", "json", *map(str, lists)]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    report = json.loads(done.stdout)

found = {(c["item"], c["kind"], c.get("field", "")) for c in report["conflicts"]}
print(report["summary"], len(report["notes"]), "notes;", len(expected), "clashes expected")
for what, rows in [("missed", expected - found), ("not expected", found - expected)]:
    for row in sorted(rows)[:20]:
        print(what, row)
sys.exit(0 if found == expected else 1)
