"""Steps, calls and human steps of flows of Langflow, counted from what its designer writes.

Every node but notes is a step, also those inside groups. Models, agents, servers, requests, flows and
vector stores are calls, by the name of their type; an agent's own model is one more.
"""

import json
import re

FORMAT = "langflow"
CALLS = re.compile(
    r"^MCP|Embedding|(Model|ModelComponent|LLM)$|^(APIRequest|URL|URLComponent|RunFlow|SubFlow|FlowTool)$"
    r"|^(AstraDB|Chroma|Pinecone|QdrantVectorStoreComponent|Milvus|OpenSearch|pgvector)|^(File|Directory|SaveToFile)$")
AGENTS = re.compile(r"Agent|Crew")
NO_AGENTS = re.compile(r"Task|AgentQL|Parser")


def _nodes(data):
    for node in data.get("nodes") or []:
        inner = ((node.get("data") or {}).get("node") or {}).get("flow") or {}
        if node.get("type") == "noteNode" or (node.get("data") or {}).get("type") == "note":
            continue
        if (inner.get("data") or {}).get("nodes") is not None:
            yield from _nodes(inner["data"])
        else:
            yield node


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    flows = root if isinstance(root, list) else root.get("flows") or [root]
    totals = {"steps": 0, "calls": 0, "human": 0}
    found = False
    for flow in flows:
        for node in _nodes(flow.get("data") or flow):
            data_ = node.get("data") or {}
            template = (data_.get("node") or {}).get("template")
            if not isinstance(template, dict):
                continue
            found = True
            kind = data_.get("type") or ""
            totals["steps"] += 1
            totals["human"] += "HumanInput" in kind
            if AGENTS.search(kind) and not NO_AGENTS.search(kind):
                totals["calls"] += 1
                provider = (template.get("agent_llm") or {}).get("value")
                totals["calls"] += bool(provider) and provider not in ("Custom", "Connect other models")
            elif CALLS.search(kind):
                totals["calls"] += 1
    return totals if found else None
