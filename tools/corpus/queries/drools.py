"""Counts rules and queries of the Drools Rule Language by its keywords."""

import re

FORMAT = "drools"


def counts(path, data):
    text = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else data
    if text.lstrip()[:1] in ("<", "{", "[", ""):
        return None
    if "PK" == text[:2] or "\x00" in text[:512]:
        return None
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"//[^\n]*", " ", text)
    rules = re.findall(r"^[ \t]*rule\b[ \t]+\S", text, flags=re.M)
    queries = re.findall(r"^[ \t]*query\b[ \t]+\S", text, flags=re.M)
    starts = re.findall(r"startProcess\s*\(\s*\"", text)
    if not re.search(r"^[ \t]*(package|rule|unit)\b", text, flags=re.M):
        return None
    if not rules and not queries or (rules and not re.search(r"^\s*end\b", text, flags=re.M)):
        return None
    return {"steps": len(rules) + len(queries), "calls": len(starts), "human": 0}
