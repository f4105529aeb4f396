"""match_rival.py PAIR_DIR OUT.json

The best that simple means reach on a pair whose truth is known: rows of equal name and department first, each with one
row; then of what is left each row's most similar one, by a ratio of characters or of sorted words, of names alone or
with departments before them, from the old side, the new side, either or as greedy one-to-one pairs, above a threshold.
All of these are chosen with the truth in hand, so that the F1 is the highest. Writes the links as match_score.py reads
them, and says as one line of JSON which means it were.
"""

import csv
import json
import sys
import unicodedata

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler


def rows(path):
    with open(path, encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def normal(texts):
    # As match_score.py has it.
    shape = str.maketrans("‘’“”〔〕【】", "''\"\"[][]")
    return ["".join(unicodedata.normalize("NFKC", t).split()).translate(shape).rstrip("。.") for t in texts]


def f1(found, truth):
    hit = len(found & truth)
    return 2 * hit / (len(found) + len(truth)) if found or truth else 0.0


SCORERS = {
    "ratio": (fuzz.ratio, 1),
    "Jaro-Winkler": (JaroWinkler.similarity, 100),
    "ratio of sorted words": (fuzz.token_sort_ratio, 1),
}
TEXTS = {"names": lambda row: row[0], "departments and names": lambda row: row[1] + row[0]}


def main():
    pair, out = sys.argv[1:3]
    old, new = (
        {row["id"]: (row["name"], row["department"]) for row in rows(f"{pair}/{side}.csv")} for side in ("old", "new")
    )

    def trivial(link):
        a, b = old[link[0]], new[link[1]]
        return a == b or link[0] == link[1] and normal(a) == normal(b)

    truth = {(row["from"], row["to"]) for row in rows(f"{pair}/truth.csv")}
    truth = {link for link in truth if link[0] in old and link[1] in new and not trivial(link)}
    there = {}
    for key, row in new.items():
        there.setdefault(row, []).append(key)
    exact = {(key, there[row].pop(0)) for key, row in old.items() if there.get(row)}
    left = [key for key in old if key not in {a for a, _ in exact}]
    right = [key for key in new if key not in {b for _, b in exact}]
    exact = {link for link in exact if not trivial(link)}

    best = (0.0, "", set())
    for what, text in TEXTS.items():
        for how, (scorer, factor) in SCORERS.items():
            olds, news = [text(old[key]) for key in left], [text(new[key]) for key in right]
            scores = process.cdist(olds, news, scorer=scorer) * factor
            forward = [(scores[i].max(), left[i], right[scores[i].argmax()]) for i in range(len(left))]
            backward = [(scores[:, j].max(), left[scores[:, j].argmax()], right[j]) for j in range(len(right))]
            greedy, taken = [], (set(), set())
            for at in np.argsort(-scores, axis=None, kind="stable"):
                i, j = divmod(int(at), len(right))
                if scores[i, j] < 20:
                    break
                if i not in taken[0] and j not in taken[1]:
                    taken[0].add(i)
                    taken[1].add(j)
                    greedy.append((scores[i, j], left[i], right[j]))
            ways = {"one to one": greedy, "from the old": forward, "from the new": backward}
            ways["from either"] = list(set(forward) | set(backward))
            for way, links in ways.items():
                for least in range(20, 101):
                    found = {(a, b) for score, a, b in links if score >= least and not trivial((a, b))} | exact
                    score = f1(found, truth)
                    if score > best[0]:
                        best = (score, f"{how} of {what}, {way}, at least {least}", found)
    adjustments = [{"from": [a], "to": [b]} for a, b in sorted(best[2])]
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"adjustments": adjustments}, file)
    print(json.dumps({"f1": best[0], "means": best[1]}))


if __name__ == "__main__":
    main()
