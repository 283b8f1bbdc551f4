"""Counts stages, tasks and escalations of a case of UiPath Maestro."""
import json

FORMAT = "uipath-case"
CALLING = {
    "agent", "rpa", "process", "api-workflow", "case-management", "execute-connector-activity",
    "wait-for-connector", "external-agent", "external-workflow", "flow-process",
}


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return None
    if not isinstance(root, dict):
        return None
    nodes = [n for n in root.get("nodes") or [] if isinstance(n, dict)]
    stages = [n for n in nodes if "Stage" in (n.get("type") or "")]
    if not stages:
        return None
    tasks = [
        task for stage in stages for lane in (stage.get("data") or {}).get("tasks") or []
        for task in (lane if isinstance(lane, list) else [lane])
    ]
    rules = list((root.get("metadata") or {}).get("slaRules") or [])
    for stage in stages:
        rules += (stage.get("data") or {}).get("slaRules") or []
    escalations = sum(len(r.get("escalationRule") or []) for r in rules)
    # Placeholders name nothing that they start.
    calls = [t for t in tasks if t.get("type") in CALLING and t.get("data")]
    return {
        "steps": len(stages) + len(tasks),
        "calls": len(calls) + escalations,
        "human": len([t for t in tasks if t.get("type") == "action"]) + escalations,
    }
