"""Steps, calls and human steps of Bedrock's agents in templates, counted from their resources.

Functions, operations of interfaces that stand in the template, and action groups without either are
steps and calls; asking the user is a human step, and so is a function to be confirmed. An agent calls
its model, knowledge bases and collaborators; a flow has a step for each node.
"""

import json
import re

import block_yaml

FORMAT = "bedrock-agents"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def _get(node, name):
    return node.get(name, node.get(name[0].lower() + name[1:])) if isinstance(node, dict) else None


def _group(group, totals):
    if _get(group, "ActionGroupState") == "DISABLED":
        return
    signature = _get(group, "ParentActionGroupSignature") or group.get("parentActionSignature")
    if signature:
        totals["steps"] += 1
        totals["human"] += signature == "AMAZON.UserInput"
        return
    actions = 0
    for function in _get(_get(group, "FunctionSchema"), "Functions") or []:
        actions += 1
        totals["human"] += _get(function, "RequireConfirmation") == "ENABLED"
    payload = _get(_get(group, "ApiSchema"), "Payload")
    if isinstance(payload, str):
        # Operations by their place in the text, whatever language it is in.
        actions += len(re.findall(r"(?m)^\s*[\"']?(?:%s)[\"']?\s*:\s*(?:\{|$)" % "|".join(METHODS), payload))
        totals["human"] += len(re.findall(r"x-requireConfirmation[\"']?\s*:\s*[\"']?(?:ENABLED|true)", payload, re.I))
    elif isinstance(payload, dict):
        actions += sum(1 for item in (payload.get("paths") or {}).values() for key in item if key in METHODS)
    totals["steps"] += max(1, actions)
    totals["calls"] += max(1, actions)


def _agent(agent, totals):
    totals["calls"] += bool(_get(agent, "FoundationModel"))
    for group in _get(agent, "ActionGroups") or []:
        _group(group, totals)
    for base in _get(agent, "KnowledgeBases") or []:
        totals["calls"] += _get(base, "KnowledgeBaseState") != "DISABLED"
    totals["calls"] += len(_get(agent, "AgentCollaborators") or [])


def _flow(flow, totals):
    for node in _get(_get(flow, "Definition"), "Nodes") or []:
        totals["steps"] += 1
        totals["calls"] += _get(node, "Type") in (
            "Prompt", "Agent", "LambdaFunction", "KnowledgeBase", "Retrieval", "Storage", "Lex")


def counts(path, data):
    try:
        text = data.decode("utf-8-sig")
        root = json.loads(text) if text.lstrip().startswith("{") else block_yaml.load(text)
    except Exception:
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    found = False
    for resource in (root.get("Resources") or {}).values():
        kind = resource.get("Type") or ""
        properties = resource.get("Properties") or {}
        found = found or kind.startswith("AWS::Bedrock::")
        if kind == "AWS::Bedrock::Agent":
            _agent(properties, totals)
        elif kind == "AWS::Bedrock::Flow":
            _flow(properties, totals)
        elif kind == "AWS::Bedrock::KnowledgeBase":
            totals["calls"] += bool(properties.get("StorageConfiguration"))
        elif kind == "AWS::Bedrock::DataSource":
            totals["calls"] += 1
    for key in ("agent", "agentVersion"):
        if isinstance(root.get(key), dict):
            found = True
            _agent(root[key], totals)
    if isinstance(root.get("agentActionGroup"), dict):
        found = True
        _group(root["agentActionGroup"], totals)
    return totals if found else None
