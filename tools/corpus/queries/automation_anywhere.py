"""Counts the commands of Automation 360 bots."""
import json

FORMAT = "automation-anywhere"


def counts(path, data):
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), list):
        return None
    if not any(isinstance(n, dict) and "commandName" in n for n in document["nodes"]):
        return None
    total = {"steps": 0, "calls": 0, "human": 0}
    open_nodes = list(document["nodes"])
    while open_nodes:
        node = open_nodes.pop()
        if not isinstance(node, dict) or node.get("disabled"):
            continue
        open_nodes += node.get("children") or []
        open_nodes += node.get("branches") or []
        package = str(node.get("packageName"))
        if package == "Comment":
            continue
        total["steps"] += 1
        total["calls"] += package == "TaskBot" and node.get("commandName") == "runTask"
        total["human"] += package in ("MessageBox", "Prompt", "InteractiveForms")
    return total
