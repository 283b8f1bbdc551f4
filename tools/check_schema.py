"""Holds a JSON document to a JSON Schema.

    .venv/bin/python tools/check_schema.py docs/reference/compare.schema.json < document.json

Prints what does not fit, a line each; ends with 1 where anything does not.
"""

import json
import sys

import jsonschema


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
    for error in errors[:40]:
        print(f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
