"""Counts in a system register: it has no steps; what its integrations column names are the calls.

Only a header in plain English in the first line of a CSV file is looked at.
"""

import csv
import io

FORMAT = "system-register"


def counts(path, data):
    if not path.lower().endswith(".csv"):
        return None
    text = data.decode("utf-8-sig", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not rows:
        return None
    header = [cell.strip().lower() for cell in rows[0]]
    if "name" not in header or "owner" not in header or "integrates with" not in header:
        return None
    column = header.index("integrates with")
    calls = 0
    for row in rows[1:]:
        if len(row) > column:
            names = [n.strip() for n in row[column].replace("|", ";").replace(",", ";").split(";")]
            calls += sum(1 for n in names if n and n.lower() not in ("none", "?", "unknown", "n/a"))
    return {"steps": 0, "calls": calls, "human": 0}
