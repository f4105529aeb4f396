#!/usr/bin/env python3
"""Verifies a history (`qingdan/history/1`) as its documentation defines it, without the library.

    python3 tests/verify_history.py HISTORY.jsonl…

Each line is its canonical form (RFC 8785), its digest is right, it names the record before, its own place and its checkpoint; a
whole list has the content digest that its record says. Prints one line a file. Exit 1: a record does not hold, which is named.
"""

import hashlib
import json
import sys

FORMAT = "qingdan/history/1"
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def quoted(text):
    """A text with the shortest escapes."""
    escaped = (ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text)
    return '"' + "".join(escaped) + '"'


def canonical(value):
    """RFC 8785, for values without fractions."""
    if isinstance(value, dict):
        # In the order of UTF-16 code units, not of code points.
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{quoted(key)}:{canonical(member)}" for key, member in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return quoted(value)
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    raise ValueError(f"{value!r} is no whole number")


def sha256(text):
    return hashlib.sha256(text.encode("utf-8"))


def content(header, items):
    """The digest of a list's content: of the digests of its header, label and parents aside, and of each item in order."""
    header = {key: value for key, value in header.items() if key not in ("edition", "parents")}
    whole = hashlib.sha256(sha256(canonical(header)).digest())
    for item in items:
        whole.update(sha256(canonical(item)).digest())
    return whole.hexdigest()


def once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return members


def verify(data):
    """How many records hold; raises ValueError at the first that does not."""
    start, before, checkpoint, checkpoints, labels = 0, None, None, {}, set()
    lines = data.split(b"\n")
    torn = lines.pop()
    for number, line in enumerate(lines):
        try:
            record = json.loads(line.decode("utf-8"), object_pairs_hook=once)
            if canonical(record).encode("utf-8") != line:
                raise ValueError("it is not its canonical form")
            digest = record.pop("digest")
            head, body = record["head"], record["record"]
            if digest != sha256(canonical(record)).hexdigest():
                raise ValueError("its digest is another")
            if head["format"] != FORMAT:
                raise ValueError("it is of another format")
            if head["number"] != number or record["start"] != start:
                raise ValueError("it stands elsewhere than it says")
            parent = (before["digest"], before["start"]) if before else (None, None)
            if (head.get("parent"), head.get("previous")) != parent:
                raise ValueError("it names another record before it")
            label, corrects = head["header"]["edition"], head.get("corrects")
            if corrects is None and label in labels:
                raise ValueError("its label is taken")
            if "items" in body:
                checkpoint = start
                if content(head["header"], body["items"]) != head["content"]:
                    raise ValueError("its content has another digest")
                if len(body["items"]) != head["items"]:
                    raise ValueError("it has another number of items")
            expected = checkpoints.get(corrects["edition"]) if corrects else checkpoint
            if head["checkpoint"] != expected:
                raise ValueError("its checkpoint is elsewhere")
            if corrects is None:
                labels.add(label)
                checkpoints[label] = checkpoint
        except (ValueError, KeyError, TypeError, UnicodeError) as error:
            raise ValueError(f"record {number}: {error}") from error
        before = {"digest": digest, "start": start}
        start += len(line) + 1
    if torn:
        raise ValueError(f"record {len(lines)}: torn; {start} bytes are whole")
    if not lines:
        raise ValueError("no record")
    return len(lines)


def main(paths):
    wrong = False
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        try:
            print(f"{path}: all {verify(data)} records hold")
        except ValueError as error:
            print(f"{path}: {error}")
            wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
