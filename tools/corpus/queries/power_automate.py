"""Counts in workflow definitions of Power Automate and Azure Logic Apps, by types of action.

A step is every action of the tree. A call is an action that leads out of the flow by its type. A
human step is an operation that waits for a person.
"""

import json

FORMAT = "power-automate"

CALLS = {
    "openapiconnection", "openapiconnectionwebhook", "apiconnection", "apiconnectionwebhook",
    "apiconnectionnotification", "http", "httpwebhook", "workflow", "function", "invokefunction",
    "apimanagement", "serviceprovider",
}  # fmt: skip
BRANCHES = ("cases", "tools")


def counts(path, data):
    root = parsed(data)
    if not isinstance(root, dict):
        return None
    flows = list(definitions(root))
    if not flows:
        return {"steps": 0, "calls": 0, "human": 0} if is_beside(root) else None
    found = {"steps": 0, "calls": 0, "human": 0}
    for flow in flows:
        actions = list(tree(flow["actions"]))
        waits = any("waitforanapproval" in operation(a) for a in actions)
        for action in actions:
            found["steps"] += 1
            found["calls"] += str(action.get("type")).lower() in CALLS
            found["human"] += is_human(action, waits)
    return found


def parsed(data):
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return json.loads(data.decode(encoding))
        except (ValueError, UnicodeDecodeError, RecursionError):
            continue
    return None


def is_beside(root):
    """The manifest of a package, of which the flows lie in other files."""
    resources = root.get("resources")
    return (
        isinstance(root.get("details"), dict)
        and isinstance(resources, dict)
        and any(
            isinstance(r, dict) and r.get("type") == "Microsoft.Flow/flows"
            for r in resources.values()
        )
    )


def definitions(root):
    properties = root.get("properties") if isinstance(root.get("properties"), dict) else {}
    for candidate in (properties.get("definition"), root.get("definition"), root):
        if isinstance(candidate, dict) and "workflowdefinition.json" in str(
            candidate.get("$schema", "")
        ):
            if isinstance(candidate.get("actions"), dict):
                yield candidate
            return
    resources = root.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict):
            if str(resource.get("type")).lower() == "microsoft.logic/workflows":
                yield from definitions({"properties": resource.get("properties")})
            elif str(resource.get("type")).lower() == "microsoft.resources/deployments":
                template = (resource.get("properties") or {}).get("template")
                if isinstance(template, dict):
                    yield from definitions(template)


def tree(actions):
    for action in actions.values() if isinstance(actions, dict) else []:
        if not isinstance(action, dict):
            continue
        yield action
        yield from tree(action.get("actions"))
        for key in ("else", "default"):
            if isinstance(action.get(key), dict):
                yield from tree(action[key].get("actions"))
        for key in BRANCHES:
            for branch in (action.get(key) or {}).values() if isinstance(action.get(key), dict) else []:
                if isinstance(branch, dict):
                    yield from tree(branch.get("actions"))


def operation(action):
    inputs = action.get("inputs")
    if not isinstance(inputs, dict):
        return ""
    host = inputs.get("host")
    named = host.get("operationId") if isinstance(host, dict) else None
    named = named or (action.get("metadata") or {}).get("flowSystemMetadata", {}).get(
        "swaggerOperationId"
    )
    return str(named or inputs.get("path") or "").lower()


def is_human(action, waits):
    name = operation(action)
    if "approvalmail" in name or "approvalemail" in name or "optionsmail" in name:
        return True
    if "mailwithoptions" in name or "requestforinformation" in name:
        return True
    if "waitfor" in name and ("approval" in name or "response" in name):
        return True
    return "createanapproval" in name and not waits
