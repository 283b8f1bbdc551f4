"""Steps and calls of files of the Model Context Protocol, counted from the format.

A description of a server lists tools (steps); the settings of a client list the servers it uses
(calls), less those that are switched off.
"""

import json
import re

FORMAT = "mcp"


def _servers(root):
    mcp = root.get("mcp") if isinstance(root.get("mcp"), dict) else {}
    lists = [root.get("mcpServers"), root.get("context_servers"), root.get("servers"), mcp.get("servers"), mcp]
    lists += [p.get("mcpServers") for p in (root.get("projects") or {}).values() if isinstance(p, dict)]
    for servers in lists:
        if isinstance(servers, dict):
            for server in servers.values():
                if isinstance(server, dict) and {"command", "url", "serverUrl", "httpUrl", "type"} & set(server):
                    yield server


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    # Comments of settings files; addresses contain "//" inside strings only.
    bare = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m.group(1) or "", text, flags=re.S)
    bare = re.sub(r",(\s*[}\]])", r"\1", bare)
    try:
        root = json.loads(bare)
    except ValueError:
        return None
    if not isinstance(root, dict):
        return None
    clients = [s for s in _servers(root) if not s.get("disabled") and s.get("enabled", True)]
    if clients:
        return {"steps": 0, "calls": len(clients), "human": 0}
    if "modelcontextprotocol" in str(root.get("$schema")) or "packages" in root or "transport" in root or "serverInfo" in root:
        tools = root.get("tools")
        return {"steps": len(tools) if isinstance(tools, list) else 0, "calls": 0, "human": 0}
    return None
