"""Counts steps, calls and human steps of Node-RED flows, written from its list of core nodes."""

import json

FORMAT = "node-red"

# What only arranges the canvas, and what defines a canvas.
NO_STEP = {"tab", "subflow", "comment", "group", "junction"}
# Core nodes that talk to something outside (nodered.org/docs/user-guide/nodes).
NETWORK = {
    "http request", "mqtt in", "mqtt out", "websocket in", "websocket out", "tcp in", "tcp out",
    "tcp request", "udp in", "udp out", "exec", "file", "file in", "watch", "tail", "e-mail",
    "e-mail in", "e-mail mta",
}
CORE = {
    "inject", "debug", "complete", "catch", "status", "link in", "link out", "function", "switch",
    "change", "range", "template", "delay", "trigger", "rbe", "filter", "http in", "http response",
    "split", "join", "sort", "batch", "csv", "html", "json", "xml", "yaml", "random",
}
INPUTS = {
    "button", "form", "text_input", "text-input", "numeric", "number-input", "slider", "switch",
    "dropdown", "date_picker", "date-picker", "colour_picker", "radio-group", "file-input",
}


def items(root):
    if isinstance(root, list):
        return root
    if isinstance(root, dict):
        if isinstance(root.get("flows"), list):
            return root["flows"]
        if root.get("type") == "subflow" and isinstance(root.get("flow"), list):
            return [root] + root["flow"]
        if isinstance(root.get("nodes"), list) and ("label" in root or "configs" in root):
            return root["nodes"] + root.get("configs", [])
    return []


def counts(path, data):
    try:
        nodes = items(json.loads(data))
    except (ValueError, UnicodeDecodeError):
        return None
    if not nodes or not all(isinstance(node, dict) and "type" in node for node in nodes):
        return None
    if not any("wires" in node and "z" in node for node in nodes):
        return None
    place = {node.get("id"): node.get("z") for node in nodes}
    configurations = {
        node.get("id") for node in nodes if "wires" not in node and "x" not in node
    }
    steps = calls = human = 0
    for node in nodes:
        kind = str(node["type"])
        if kind in NO_STEP or node.get("id") in configurations or node.get("d"):
            continue
        steps += 1
        others = {
            place[link]
            for link in node.get("links") or []
            if link in place and place[link] != node.get("z")
        }
        if kind == "link call":
            calls += 1
        elif kind == "link out":
            calls += len(others)
        elif kind.startswith("subflow:") or kind in NETWORK:
            calls += 1
        elif kind not in CORE and not kind.startswith(("ui_", "ui-")):
            references = {value for value in node.values() if isinstance(value, str)}
            if references & configurations:
                calls += 1
        if kind.startswith(("ui_", "ui-")) and kind[3:] in INPUTS:
            human += 1
    return {"steps": steps, "calls": calls, "human": human}
