"""Holds schemas/*.json against their metaschema, and documents against the schemas.

    .ci/schema.sh [DOCUMENT.json…]        (installs jsonschema, then runs this)

A document is validated by the schema that its `format` and `kind` name, and by the bundle.
Exit 1: something does not hold, or cannot be read; each finding is one line.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator as Validator
from jsonschema.exceptions import SchemaError, best_match

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return members


def read(path):
    return parsed(Path(path).read_bytes())


def parsed(data):
    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=refuse)


def schemas():
    """Validators by name, and what is wrong with the schemas."""
    validators, findings = {}, []
    for path in sorted(FOLDER.glob("*.json")):
        try:
            schema = read(path)
            if schema.get("$schema") != DRAFT:
                findings.append(f"{path}: $schema should be {DRAFT}")
            Validator.check_schema(schema)
            validators[path.stem] = Validator(schema, format_checker=Validator.FORMAT_CHECKER)
        except SchemaError as error:
            findings.append(f"{path}: {error.json_path}: {error.message}")
        except (OSError, ValueError) as error:
            findings.append(f"{path}: {error}")
    if "bundle" not in validators:
        findings.append(f"{FOLDER}: there is no bundle.json that holds")
    return validators, findings


def names(document):
    """The schemas that a document must hold against."""
    if not isinstance(document, dict):
        return ["bundle"]
    if "digest" in document and "record" in document:
        return ["history", "bundle"]
    _, _, rest = str(document.get("format", "")).partition("qingdan/")
    sort = rest.partition("/")[0]
    if sort in ("timeline", "lineage"):
        sort = "history"
    return [str(document.get("kind")) if sort == "catalogue" else sort, "bundle"]


def findings_of(path, validators):
    try:
        # A history is a document a line.
        lines = str(path).endswith(".jsonl")
        documents = list(map(parsed, Path(path).read_bytes().splitlines())) if lines else [read(path)]
    except (OSError, ValueError, RecursionError) as error:
        return [f"{path}: {error}"]
    return [finding for document in documents for finding in of_document(path, document, validators)]


def of_document(path, document, validators):
    for name in names(document):
        if name not in validators:
            return [f"{path}: no schema for format {document.get('format')!r}, kind {document.get('kind')!r}"]
        errors = sorted(validators[name].iter_errors(document), key=lambda error: list(map(str, error.path)))
        if errors:
            # Of alternatives, the one that nearly holds says what is wrong.
            errors = [best_match([error]) for error in errors]
            return [f"{path}: {name}: {error.json_path}: {error.message[:300]}" for error in errors]
    return []


def main(paths):
    validators, findings = schemas()
    for path in paths:
        findings += findings_of(path, validators)
    for finding in findings:
        print(finding, file=sys.stderr)
    if not findings:
        print(f"{len(validators)} schemas and {len(paths)} documents hold")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
