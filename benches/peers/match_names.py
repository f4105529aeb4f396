"""match_names.py cdist|tfidf FOLDER

Reads FOLDER/old.csv, new.csv (id, name, department) and truth.csv (from, to) once; then, for each line on standard
input, finds the new name that is most like each old one, and says as one line of JSON for how many it is the right
one and how long it took.

cdist: rapidfuzz, the ratio of all pairs, on all cores. tfidf: scikit-learn, characters and pairs of them, the sparse
product. Both in stripes of 1,000 rows, so that memory stays bounded.
"""

import csv
import json
import sys
import time

STRIPE = 1000


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cdist(old, new):
    from rapidfuzz import fuzz, process

    best = []
    for at in range(0, len(old), STRIPE):
        scores = process.cdist(old[at : at + STRIPE], new, scorer=fuzz.ratio, workers=-1)
        best.extend(scores.argmax(axis=1).tolist())
    return best


def tfidf(old, new):
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    vectorizer.fit(old + new)
    a, b = vectorizer.transform(old), vectorizer.transform(new).T.tocsr()
    best = []
    for at in range(0, len(old), STRIPE):
        scores = a[at : at + STRIPE] @ b
        best.extend(np.asarray(scores.argmax(axis=1)).ravel().tolist())
    return best


def peak_megabytes():
    # Of this program alone: what getrusage tells begins with whoever started it.
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def main():
    method, folder = sys.argv[1:3]
    find = {"cdist": cdist, "tfidf": tfidf}[method]
    old, new = rows(f"{folder}/old.csv"), rows(f"{folder}/new.csv")
    truth = {row["from"]: row["to"] for row in rows(f"{folder}/truth.csv")}
    names = [[row["name"] for row in side] for side in (old, new)]
    for _ in sys.stdin:
        start = time.perf_counter()
        best = find(*names)
        seconds = time.perf_counter() - start
        right = sum(truth[row["id"]] == new[at]["id"] for row, at in zip(old, best))
        counts = {"right": right, "wrong": len(old) - right, "none": 0}
        print(json.dumps({"seconds": seconds, "peak_mb": peak_megabytes(), "counts": counts}), flush=True)


if __name__ == "__main__":
    main()
