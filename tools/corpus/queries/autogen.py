"""Steps, calls and human steps of AutoGen files, counted from the format.

Version 0.4 nests components: participants of teams are steps; participants that are no person,
tools, workbenches of servers and handoffs are calls; agents that stand for a user are human steps.
Version 0.2 has agents with members, skills and a mode of human input.
"""

import json

FORMAT = "autogen"


def _is_component(node):
    return isinstance(node, dict) and isinstance(node.get("provider"), str) and isinstance(node.get("config"), dict)


def _is_person(node):
    return _is_component(node) and node["provider"].endswith(".UserProxyAgent")


def _component(node, totals):
    """Walks one component and what it holds."""
    config = node["config"]
    for participant in config.get("participants") or []:
        totals["steps"] += 1
        if _is_person(participant):
            totals["human"] += 1
        else:
            totals["calls"] += 1
            _component(participant, totals)
    if ".agents." in node["provider"] or node.get("component_type") == "agent":
        for tool in config.get("tools") or []:
            totals["calls"] += 1
        benches = config.get("workbench") or []
        for bench in benches if isinstance(benches, list) else [benches]:
            settings = bench.get("config") or {}
            totals["calls"] += 1 if "server_params" in settings else len(settings.get("tools") or [])
        totals["calls"] += len(config.get("handoffs") or [])
        if _is_component(config.get("team")):
            totals["calls"] += 1
            _component(config["team"], totals)


def _members(items, totals):
    for item in items:
        totals["steps"] += 1
        totals["calls"] += 1
        _legacy(item.get("agent", item), totals)


def _legacy(node, totals):
    config = node.get("config") or {}
    if str(config.get("human_input_mode")).upper() in ("ALWAYS", "TERMINATE"):
        totals["steps"] += 1
        totals["human"] += 1
    totals["calls"] += len(node.get("skills") or [])
    chat = node.get("groupchat_config") or config.get("groupchat_config") or {}
    _members((chat.get("agents") or []) + (node.get("agents") or []), totals)


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    if _is_component(root):
        components = [root]
    elif isinstance(root, list) and root and all(map(_is_component, root)):
        components = root
    elif isinstance(root, dict):
        holder = root.get("components") or (root.get("config") or {}).get("components") or {}
        components = [c for part in holder.values() if isinstance(part, list) for c in part]
        inner = root.get("component") or root.get("config")
        if not components and _is_component(inner):
            components = [inner]
    else:
        return None
    if components:
        for component in components:
            if _is_person(component):
                totals["steps"] += 1
                totals["human"] += 1
            _component(component, totals)
        return totals
    if "sender" in root and "receiver" in root:
        _members([root["sender"], root["receiver"]], totals)
        return totals
    if root.get("type") in ("assistant", "userproxy", "groupchat") and "config" in root:
        _legacy(root, totals)
        return totals
    if root.get("type") in ("autonomous", "sequential") and "summary_method" in root:
        _members(root.get("agents") or [], totals)
        return totals
    # Code of a skill, whose addresses are not counted here.
    return None
