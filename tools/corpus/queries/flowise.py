"""Steps, calls and human steps of flows of Flowise, counted from what its designer writes.

Every node but sticky notes is a step. Agents, models, embeddings, tools, requests and what keeps
data outside Flowise are calls, and so are the models and tools that a node of an agentflow has in its
settings; nodes that ask people, and agents that ask before a tool runs, are human steps.
"""

import json

FORMAT = "flowise"
CALL_CATEGORIES = (
    "Chat Models", "LLMs", "Embeddings", "Agents", "Multi Agents", "Tools", "Tools (MCP)", "MCP Servers",
)
CALL_NAMES = (
    "agentAgentflow", "seqAgent", "toolAgentflow", "httpAgentflow", "executeFlowAgentflow", "seqExecuteFlow",
)
OUTSIDE_STORES = ("pinecone", "pineconeLlamaIndex", "qdrant", "chroma", "milvus", "postgres", "redis", "weaviate",
                  "RedisBackedChatMemory", "github")


def _yes(value):
    return value is True or value == "true"


def _count(node, totals):
    data = node.get("data") or {}
    name, category = data.get("name") or "", data.get("category") or ""
    if name.startswith("stickyNote"):
        return
    inputs = data.get("inputs") if isinstance(data.get("inputs"), dict) else {}
    totals["steps"] += 1
    totals["human"] += name == "humanInputAgentflow" or _yes(inputs.get("interrupt"))
    if name == "toolAgentflow":
        totals["calls"] += bool(inputs.get("toolAgentflowSelectedTool"))
    elif name in CALL_NAMES or category in CALL_CATEGORIES or name in OUTSIDE_STORES:
        totals["calls"] += 1
    elif name == "retrieverAgentflow":
        totals["calls"] += len(inputs.get("retrieverKnowledgeDocumentStores") or [])
    if category == "Agent Flows":
        for key, value in inputs.items():
            totals["calls"] += key.endswith("Model") and isinstance(value, str) and bool(value)
        for tool in inputs.get("agentTools") or []:
            totals["calls"] += bool(tool.get("agentSelectedTool"))
            totals["human"] += _yes(tool.get("agentSelectedToolRequiresHumanInput"))
        for key in ("agentKnowledgeDocumentStores", "agentKnowledgeVSEmbeddings"):
            totals["calls"] += len(inputs.get(key) or [])


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    if not isinstance(root, dict):
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    if isinstance(root.get("func"), str) and "schema" in root:
        return totals
    flows = [root]
    for list_name in ("ChatFlow", "AgentFlow", "AgentFlowV2", "AssistantFlow"):
        for item in root.get(list_name) or []:
            flows.append(json.loads(item.get("flowData") or "{}"))
    nodes = [node for flow in flows for node in flow.get("nodes") or [] if isinstance(node, dict)]
    if not any("inputAnchors" in (node.get("data") or {}) for node in nodes):
        return None
    for node in nodes:
        _count(node, totals)
    return totals
