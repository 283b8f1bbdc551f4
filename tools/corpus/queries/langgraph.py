"""Counts graphs of LangGraph's configuration file, which is all that it lists."""

import json

FORMAT = "langgraph"


def counts(path, data):
    try:
        root = json.loads(data)
    except (ValueError, UnicodeDecodeError):
        return None
    graphs = root.get("graphs") if isinstance(root, dict) else None
    if not isinstance(graphs, dict) or not graphs:
        return None
    targets = [value.get("path") if isinstance(value, dict) else value for value in graphs.values()]
    if not all(isinstance(target, str) and ":" in target for target in targets):
        return None
    return {"steps": len(graphs), "calls": 0, "human": 0}
