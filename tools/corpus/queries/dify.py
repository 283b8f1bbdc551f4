"""Steps, calls and human steps of apps of Dify, counted from the DSL.

Every node of the canvas but notes and the marks of loops is a step. Models, tools, requests,
knowledge and agents are calls; so are the tools that an agent has switched on. Apps without a graph
have a model, tools and data sets.
"""

import json

import block_yaml

FORMAT = "dify"
MARKS = ("iteration-start", "loop-start", "start-placeholder")
MODELS = ("llm", "question-classifier", "parameter-extractor")
CALLS = ("tool", "http-request", "knowledge-index", "datasource", "trigger-plugin")


def _enabled(items):
    return sum(1 for item in items or [] if isinstance(item, dict) and item.get("enabled", True) is not False)


def _value(parameters, key):
    item = parameters.get(key)
    return item.get("value") if isinstance(item, dict) and "value" in item else item


def _agent(data):
    parameters = data.get("agent_parameters") or {}
    calls = 1 + _enabled(_value(parameters, "tools"))
    if isinstance(_value(parameters, "model"), dict):
        calls += 1
    if _value(parameters, "mcp_server"):
        calls += 1
    return calls


def counts(path, data):
    try:
        text = data.decode("utf-8-sig")
        root = json.loads(text) if text.lstrip().startswith("{") else block_yaml.load(text)
    except Exception:
        return None
    if not isinstance(root, dict) or not isinstance(root.get("app") or root.get("rag_pipeline"), dict):
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    for node in ((root.get("workflow") or {}).get("graph") or {}).get("nodes") or []:
        node_data = node.get("data") or {}
        kind = node_data.get("type")
        if node.get("type") == "custom-note" or kind in MARKS:
            continue
        totals["steps"] += 1
        if kind in ("human-input", "human-feedback"):
            totals["human"] += 1
        elif kind in MODELS or kind in CALLS:
            totals["calls"] += 1
        elif kind == "knowledge-retrieval":
            totals["calls"] += max(1, len(node_data.get("dataset_ids") or []))
        elif kind == "agent":
            totals["calls"] += _agent(node_data)
    config = root.get("model_config") or {}
    if config:
        totals["calls"] += 1 if config.get("model") else 0
        agent = config.get("agent_mode") or {}
        totals["calls"] += _enabled(agent.get("tools")) if agent.get("enabled") is not False else 0
        totals["calls"] += len(((config.get("dataset_configs") or {}).get("datasets") or {}).get("datasets") or [])
        totals["calls"] += _enabled(config.get("external_data_tools"))
    return totals
