"""Counts steps, calls and human steps of Make blueprints, written from its list of own modules."""

import json

FORMAT = "make"

# Applications of modules that stay within Make: flow control, tools, web hooks, parsers.
OWN = {
    "builtin", "gateway", "util", "json", "xml", "csv", "regexp", "math", "datetime", "text-parser",
    "archive", "markdown", "html", "human-in-the-loop",
}


def modules(flow):
    for module in flow or []:
        if not isinstance(module, dict) or not isinstance(module.get("module"), str):
            continue
        yield module
        for route in module.get("routes") or []:
            if not route.get("disabled"):
                yield from modules(route.get("flow"))
        yield from modules(module.get("onerror"))


def counts(path, data):
    try:
        root = json.loads(data)
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(root, dict):
        return None
    root = (root.get("response") or root).get("blueprint") or root
    if not isinstance(root, dict) or not isinstance(root.get("flow"), list):
        return None
    steps = calls = human = 0
    for module in modules(root["flow"]):
        steps += 1
        app, _, name = module["module"].partition(":")
        if app not in OWN:
            calls += 1
        if app == "human-in-the-loop":
            human += 1
    return {"steps": steps, "calls": calls, "human": human} if steps else None
