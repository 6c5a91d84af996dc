"""Validates the JSON document on standard input: validate.py SCHEMA-FOLDER NAME. Prints every error; exits 3 with any."""

import json
import pathlib
import sys

import jsonschema

folder = pathlib.Path(sys.argv[1])
schemas = [json.loads(path.read_text()) for path in folder.glob("*.schema.json")]
schema = json.loads((folder / f"{sys.argv[2]}.schema.json").read_text())
for known in schemas:
    jsonschema.Draft202012Validator.check_schema(known)
resolver = jsonschema.RefResolver.from_schema(schema, store={known["$id"]: known for known in schemas})
errors = list(jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(json.load(sys.stdin)))
for error in errors:
    print(f"{error.json_path}: {error.message[:300]}")
sys.exit(3 if errors else 0)
