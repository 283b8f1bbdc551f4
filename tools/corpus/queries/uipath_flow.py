"""Counts the nodes of a flow of UiPath Maestro by the beginning of their types."""
import json

FORMAT = "uipath-flow"
NO_STEP = ("core.trigger", "core.control.end", "uipath.connector.trigger.", "core.canvas")
CALLING = (
    "uipath.core.", "uipath.connector.", "uipath.agent.", "uipath.ixp", "core.action.http",
    "core.action.queue",
)
HUMAN = ("uipath.human-in-the-loop", "uipath.agent.resource.escalation")


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(root, dict) or not isinstance(root.get("nodes"), list):
        return None
    if not isinstance(root.get("edges"), list):
        return None
    nodes = list(root["nodes"])
    for sub in (root.get("subflows") or {}).values():
        nodes += sub.get("nodes") or []
    types = [n.get("type") or "" for n in nodes if isinstance(n, dict)]
    if not any(t.startswith(("core.", "uipath.")) for t in types):
        return None
    if any(t.startswith("case-management:") for t in types):
        return None
    steps = [t for t in types if not t.startswith(NO_STEP)]
    # The address of a web request may be computed, so that it leads nowhere that is known.
    computed = 0
    for node in nodes:
        if (node.get("type") or "").startswith("core.action.http"):
            url = (node.get("inputs") or {}).get("url")
            if not (isinstance(url, str) and "://" in url) and "detail" not in node["inputs"]:
                computed += 1
    return {
        "steps": len(steps),
        "calls": len([t for t in steps if t.startswith(CALLING)]) - computed,
        "human": len([t for t in steps if t.startswith(HUMAN)]),
    }
