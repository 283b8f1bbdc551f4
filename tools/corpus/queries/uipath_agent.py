"""Counts what UiPath's agent.json and resource.json list, straight from their JSON."""
import json

FORMAT = "uipath-agent"
CALLED = {"tool", "context", "mcp", "escalation"}


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(root, dict):
        return None
    if "$resourceType" in root:
        resources = [root]
    elif root.get("type") == "lowCode" and "settings" in root:
        resources = root.get("resources") or []
    else:
        return None
    on = [r for r in resources if isinstance(r, dict) and r.get("isEnabled") is not False]
    guards = [
        g for g in root.get("guardrails") or []
        if isinstance(g, dict) and (g.get("action") or {}).get("$actionType") == "escalate"
    ]
    human = [r for r in on if r.get("$resourceType") == "escalation"]
    return {
        "steps": len(on) + len(guards),
        "calls": len([r for r in on if r.get("$resourceType") in CALLED]) + len(guards),
        "human": len(human) + len(guards),
    }
