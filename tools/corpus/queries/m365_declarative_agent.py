"""Steps, calls and human steps of packages of Microsoft 365 Copilot, counted from the manifests.

Functions of plugins are steps, and so are commands of message extensions; capabilities that read
something are calls, one for each place that is listed, and so are worker agents. An agent calls each
function of its plugins, which stand in files of their own beside it. Functions with a confirmation are
human steps.
"""

import json
import pathlib

FORMAT = "m365-declarative-agent"
READS = ("WebSearch", "OneDriveAndSharePoint", "GraphConnectors", "CopilotConnectors", "Email", "Meetings",
         "TeamsMessages", "People", "Dataverse", "EmbeddedKnowledge")
PLACES = ("sites", "items_by_url", "items_by_sharepoint_ids", "connections")


def _load(data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    return root if isinstance(root, dict) else None


def counts(path, data):
    root = _load(data)
    if root is None:
        return None
    totals = {"steps": 0, "calls": 0, "human": 0}
    schema = root.get("$schema") or ""
    if "manifestVersion" in root:
        for extension in root.get("composeExtensions") or []:
            totals["steps"] += len(extension.get("commands") or [])
        return totals
    if "declarative-agent" in schema:
        for capability in root.get("capabilities") or []:
            if capability.get("name") in READS:
                listed = sum(len(capability.get(key) or []) for key in PLACES)
                totals["calls"] += max(1, listed) if capability["name"] not in ("Email", "TeamsMessages") else 1
        totals["calls"] += len(root.get("worker_agents") or [])
        for action in root.get("actions") or []:
            plugin = pathlib.Path(path).parent / (action.get("file") or "")
            inner = _load(plugin.read_bytes()) if plugin.is_file() else None
            totals["calls"] += len((inner or {}).get("functions") or [None])
        return totals
    if str(root.get("schema_version", "")).startswith("v2"):
        for function in root.get("functions") or []:
            totals["steps"] += 1
            confirmation = (function.get("capabilities") or {}).get("confirmation")
            totals["human"] += bool(confirmation) and confirmation.get("type") != "None"
        return totals
    return None
