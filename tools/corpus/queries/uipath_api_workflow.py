"""Counts the activities of an API workflow of UiPath by their `activityType`."""
import json

FORMAT = "uipath-api-workflow"


def walk(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(root, dict) or "dsl" not in (root.get("document") or {}):
        return None
    metadata = [n for n in walk(root.get("do")) if "activityType" in n]
    steps = [m for m in metadata if not m.get("isTransparent")]
    calls = [n for n in walk(root.get("do")) if isinstance(n.get("call"), str)]
    return {"steps": len(steps), "calls": len(calls), "human": 0}
