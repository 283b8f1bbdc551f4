"""Calls in traces of generative AI, counted by their attributes; traces have no steps.

Each pair of who acts and what it uses (a model's provider for one purpose, a tool) is one call, however
often it occurs.
"""

import json

FORMAT = "otel-genai"
MARKS = ("gen_ai.", "openinference.span.kind", "ai.operationId", "llm.model_name")


def _attributes(node):
    if isinstance(node, list):
        return {item.get("key"): next(iter((item.get("value") or {"": None}).values()))
                if isinstance(item.get("value"), dict) else item.get("value") for item in node}
    return node if isinstance(node, dict) else {}


def _spans(node):
    if isinstance(node, list):
        for item in node:
            yield from _spans(item)
    elif isinstance(node, dict):
        attributes = _attributes(node.get("attributes", node.get("tags")))
        if any(str(key).startswith(MARKS) for key in attributes):
            yield attributes
        elif any(str(key).startswith(MARKS) for key, value in node.items() if not isinstance(value, (dict, list))):
            yield node
        else:
            for value in node.values():
                yield from _spans(value)


def counts(path, data):
    try:
        roots = [json.loads(data.decode("utf-8-sig"))]
    except (ValueError, UnicodeDecodeError):
        try:
            roots = [json.loads(line) for line in data.decode("utf-8-sig").splitlines() if line.strip()]
        except (ValueError, UnicodeDecodeError):
            return None
    uses = set()
    found = False
    for attributes in _spans(roots):
        found = True
        kind = attributes.get("gen_ai.operation.name") or attributes.get("openinference.span.kind") or ""
        who = attributes.get("gen_ai.agent.name") or attributes.get("ai.telemetry.functionId") or ""
        tool = attributes.get("gen_ai.tool.name") or attributes.get("tool.name")
        if tool:
            uses.add((who, "tool", tool))
        elif kind.upper() not in ("AGENT", "CHAIN", "INVOKE_AGENT"):
            provider = next((attributes[key] for key in (
                "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider")
                if attributes.get(key)), None)
            embeds = "embed" in str(kind).lower() + str(attributes.get("ai.operationId") or "").lower()
            if provider:
                uses.add((who, embeds, str(provider).split(".")[0]))
    return {"steps": 0, "calls": len(uses), "human": 0} if found else None
