"""Steps, calls and human steps of IBM watsonx Orchestrate files, counted from the format.

Flows are JSON: nodes in nodes, each with `spec.kind`. Agents are YAML with top-level lists of what
they call. YAML is counted by lines, for the standard library does not read it.
"""

import json
import re

FORMAT = "watsonx-orchestrate"

MARKERS = {"start", "end"}
CALLS = {"tool", "agent", "prompt", "docproc", "docext", "docclassifier"}
HUMAN = {"user", "user_field", "form"}


def _flow(node, totals):
    for child in (node.get("nodes") or {}).values():
        spec = child.get("spec") or {}
        kind = spec.get("kind")
        if kind not in MARKERS:
            totals["steps"] += 1
            totals["calls"] += kind in CALLS
            totals["human"] += kind in HUMAN or bool(spec.get("enable_review") or spec.get("review_fields"))
        _flow(child, totals)


def _items(text, key):
    """Number of items of a top-level YAML list."""
    match = re.search(rf"(?m)^{key}:[ \t]*(\[.*?\])?[ \t]*(?:#.*)?\n((?:[ \t]*(?:-.*|#.*)?\n|[ \t]+.*\n)*)", text + "\n")
    if not match:
        return 0
    if match.group(1):
        return sum(1 for part in match.group(1).strip("[]").split(",") if part.strip())
    indents = [len(line) - len(line.lstrip()) for line in match.group(2).splitlines() if line.lstrip().startswith("- ")]
    return indents.count(min(indents)) if indents else 0


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("{"):
        try:
            root = json.loads(text)
        except ValueError:
            return None
        if not isinstance(root, dict):
            return None
        root = ((root.get("binding") or {}).get("flow") or {}).get("model") or root
        if (root.get("spec") or {}).get("kind") != "flow" or "nodes" not in root:
            return None
        totals = {"steps": 0, "calls": 0, "human": 0}
        _flow(root, totals)
        return totals
    if not re.search(r"(?m)^spec_version: *v1", text):
        return None
    calls = sum(_items(text, key) for key in ("tools", "collaborators", "knowledge_base", "toolkits"))
    human = len(re.findall(r"(?m)^\s*- +(?:transfer_to_human|escalate_to_human)\s*$", text))
    return {"steps": 0, "calls": calls, "human": human}
