"""Counts the rules of decision tables in CSV whose headers begin with the words of their columns."""

import csv
import re

FORMAT = "decision-table"

HEADER = re.compile(
    r"(?i)(input|in|if|when|condition|output|out|then|action|result)\s*[:(\d]|(annotation|comment|remark|rule|#)|[UAPFROC]$"
)


def counts(path, data):
    if data.startswith(b"PK") or not path.lower().endswith(".csv"):
        return None
    rows = list(csv.reader(data.decode("utf-8-sig", errors="replace").splitlines()))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2 or not all(HEADER.match(cell.strip()) for cell in rows[0] if cell.strip()):
        return None
    if not any(re.match(r"(?i)(if|in|input|when|condition)\s*:", cell.strip()) for cell in rows[0]):
        return None
    return {"steps": len(rows) - 1, "calls": 0, "human": 0}
