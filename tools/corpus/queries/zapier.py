"""Counts steps, calls and human steps of exports of Zapier, from the nodes of their Zaps."""

import json
import re

FORMAT = "zapier"

# Zapier's own tools, which stay within it; a web hook that is no trigger calls a host.
OWN = re.compile(
    r"(Zapier)?(Filter|Delay|Formatter|Code|Schedule|Branching|Paths|Looping|Storage|SubZap|Digest|Tables"
    r"|Interfaces|HumanInTheLoop|Manager|Engine)(V\d)?(CLI|Dev)?(API)?(@.*)?$"
)


def counts(path, data):
    try:
        root = json.loads(data)
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(root, dict) or not isinstance(root.get("zaps"), list):
        return None
    steps = calls = human = 0
    for zap in root["zaps"]:
        nodes = zap.get("nodes") or {}
        for node in nodes.values() if isinstance(nodes, dict) else nodes:
            app = str(node.get("selected_api") or "")
            starts = node.get("parent_id") is None
            if not app or (node.get("paused") and not starts):
                continue
            steps += 1
            human += "HumanInTheLoop" in app
            if app.startswith("WebHook"):
                calls += not starts
            else:
                calls += not OWN.match(app)
    return {"steps": steps, "calls": calls, "human": human}
