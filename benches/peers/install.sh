#!/usr/bin/env bash
# Makes a venv beside this script with the pinned peers. Says where its python is.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 \
  rapidfuzz==3.14.6 scikit-learn==1.9.1
echo "$PWD/venv/bin/python"
# daff, for merges (`qingdan-benches merging`).
if command -v npm >/dev/null; then
  npm install --silent --no-save --prefix . daff@1.4.2 >/dev/null
fi
