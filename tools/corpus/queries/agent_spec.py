"""Steps, calls and human steps of Open Agent Specification, counted by the types of components.

Nodes of flows are steps, and so are the members of swarms and teams. Tools of agents, toolboxes, nodes
with a tool, a model, an agent or a flow, models of agents, members and hand-offs are calls; input
messages, tools to be confirmed and agents that may ask are human steps. A component that others refer
to counts once, but a tool for each agent that has it.
"""

import json

import block_yaml

FORMAT = "agent-spec"
ALWAYS = ("LlmNode", "LLMNode", "ToolNode", "AgentNode", "FlowNode", "MapNode", "ParallelMapNode",
          "CatchExceptionNode", "ApiNode")


def _shared(node, found):
    if isinstance(node, dict):
        found.update({key: item for key, item in (node.get("$referenced_components") or {}).items()
                      if isinstance(item, dict)})
        if "component_type" in node and "id" in node:
            found.setdefault(node["id"], node)
        for value in node.values():
            _shared(value, found)
    elif isinstance(node, list):
        for value in node:
            _shared(value, found)


def _kind(node):
    kind = node.get("component_type") or node.get("type")
    return kind if isinstance(kind, str) else ""


class _Count:
    def __init__(self, root):
        self.totals = {"steps": 0, "calls": 0, "human": 0}
        self.shared, self.done = {}, set()
        _shared(root, self.shared)

    def get(self, node):
        if not isinstance(node, dict):
            return None
        return self.shared.get(node.get("$component_ref") or node.get("$ref"), node)

    def tool(self, reference):
        node = self.get(reference) or {}
        self.totals["human"] += node.get("requires_confirmation") is True
        if _kind(node) == "Flow":
            self.component(reference)

    def component(self, reference):
        node = self.get(reference)
        if not isinstance(node, dict) or id(node) in self.done:
            return
        self.done.add(id(node))
        kind = _kind(node)
        if kind.endswith("Agent"):
            self.totals["calls"] += bool(node.get("llm_config") or node.get("llm"))
            self.totals["human"] += node.get("human_in_the_loop") is True
            for tool in node.get("tools") or []:
                self.totals["calls"] += 1
                self.tool(tool)
            self.totals["calls"] += len(node.get("toolboxes") or [])
        elif kind == "Swarm":
            members = {json.dumps(item, sort_keys=True) for pair in node.get("relationships") or [] for item in pair}
            members.add(json.dumps(node.get("first_agent"), sort_keys=True))
            self.totals["steps"] += len(members)
            self.totals["calls"] += len(members) + len(node.get("relationships") or [])
            for member in members:
                self.component(json.loads(member))
        elif kind == "ManagerWorkers":
            for member in [node.get("group_manager")] + (node.get("workers") or []):
                self.totals["steps"] += 1
                self.totals["calls"] += 1
                self.component(member)
        elif kind == "Flow":
            for item in node.get("nodes") or []:
                self.node(self.get(item))

    def node(self, node):
        kind = _kind(node)
        self.totals["steps"] += 1
        self.totals["human"] += kind == "InputMessageNode"
        self.totals["calls"] += kind in ALWAYS
        if kind == "ParallelFlowNode":
            self.totals["calls"] += len(node.get("subflows") or [])
        if kind == "ToolNode":
            self.tool(node.get("tool"))
        for inner in [node.get("agent"), node.get("subflow")] + (node.get("subflows") or []):
            if inner:
                self.component(inner)


def counts(path, data):
    try:
        text = data.decode("utf-8-sig")
        root = json.loads(text) if text.lstrip().startswith("{") else block_yaml.load(text)
    except Exception:
        return None
    if not isinstance(root, dict):
        return None
    if "component_type" not in root and "$referenced_components" not in root:
        return None
    count = _Count(root)
    if "component_type" in root:
        count.component(root)
    else:
        if "component_type" in root["$referenced_components"]:
            count.component(root["$referenced_components"])
        for item in root["$referenced_components"].values():
            count.component(item)
    return count.totals
