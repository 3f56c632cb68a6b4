"""Reads a table of comma-separated values, and prints its rows."""
import csv
import json
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file, strict=True))
assert all(len(row) == len(rows[0]) for row in rows), "rows of different lengths"
print(json.dumps({"rows": rows}))
