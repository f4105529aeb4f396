#!/bin/sh
# Holds the shipped schemas against their metaschema, and documents against the schemas.
#   .ci/schema.sh [DOCUMENT.json…]
# Installs Python's jsonschema in .venv (or $VENV). Exit 1: something does not hold.
set -eu
root=$(dirname "$0")/..
venv=${VENV:-$root/.venv}
if ! "$venv/bin/python" -c 'import jsonschema' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check 'jsonschema>=4.18,<5'
fi
exec "$venv/bin/python" "$root/.ci/schema.py" "$@"
