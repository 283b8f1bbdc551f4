"""Steps, calls and human steps of agents and workflows of Microsoft Foundry, counted from their YAML.

Every action of a workflow is a step; agents, servers, functions, requests and other workflows that an
action invokes are calls; questions and requests to people are human steps. An agent calls its model and
its tools; code that it runs by itself is no call.
"""

import json

import block_yaml

FORMAT = "foundry-agent"
CALLS = ("InvokeAzureAgent", "InvokeMcpTool", "InvokeFunctionTool", "HttpRequestAction", "InvokeWorkflow")
PEOPLE = ("RequestExternalInput", "Question", "AdaptiveCardPrompt", "TransferConversation")
LISTS = ("actions", "elseActions", "defaultActions", "catchActions", "finallyActions")


def _actions(node, totals):
    for key, value in node.items():
        if key in LISTS:
            for action in value or []:
                kind = action.get("kind")
                totals["steps"] += 1
                totals["calls"] += kind in CALLS
                totals["human"] += kind in PEOPLE or action.get("requireApproval") is True
                _actions(action, totals)
        elif key in ("conditions", "cases", "branches"):
            for branch in value or []:
                _actions(branch, totals)


def counts(path, data):
    try:
        text = data.decode("utf-8-sig")
        root = json.loads(text) if text.lstrip().startswith("{") else block_yaml.load(text)
    except Exception:
        return None
    if not isinstance(root, dict):
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    kind = str(root.get("kind") or (root.get("template") or {}).get("kind") or root.get("type") or "").lower()
    if kind == "workflow":
        _actions(root.get("trigger") or {}, totals)
        return totals
    for resource in root.get("resources") or [] if isinstance(root.get("resources"), list) else []:
        totals["calls"] += isinstance(resource, dict) and bool(resource.get("kind"))
    if kind in ("hosted", "container"):
        return totals
    body = root.get("template") or root
    totals["calls"] += bool(body.get("model"))
    for tool in body.get("tools") or []:
        name = str(tool.get("kind") or tool.get("type") or "").replace("_", "").lower()
        totals["calls"] += name != "codeinterpreter"
        mode = tool.get("approvalMode") or {}
        totals["human"] += (mode.get("kind") if isinstance(mode, dict) else mode) == "always"
    return totals if kind else None
