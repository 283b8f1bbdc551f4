"""Counts what a project binds, where nothing but its bindings says so."""
import json

FORMAT = "uipath-solution"
# Bindings are part of projects of other formats, too, and are read with them.
IS_PART = True
CALLING = {"process", "connection", "app", "mcpserver", "queue", "index", "bucket", "entity"}


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(root, dict):
        return None
    if "SolutionId" in root or "entryPoints" in root:
        return {"steps": 0, "calls": 0, "human": 0}
    resources = root.get("resources")
    if "version" not in root or not isinstance(resources, list):
        return None
    kinds = [(r.get("resource") or "").lower() for r in resources if isinstance(r, dict)]
    return {
        "steps": 0,
        "calls": len([k for k in kinds if k in CALLING]),
        "human": len([k for k in kinds if k == "app"]),
    }
