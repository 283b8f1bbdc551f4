"""Operations of OpenAPI documents and the confirmations that they ask for, counted from the format.

YAML is counted by lines and indentation, for the standard library does not read it.
"""

import json
import re

FORMAT = "openapi"

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
CONFIRM = ("x-openai-isConsequential", "x-requireConfirmation")


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("{"):
        try:
            root = json.loads(text)
        except ValueError:
            return None
        if not isinstance(root, dict) or not ({"openapi", "swagger"} & set(root)):
            return None
        operations = [
            operation
            for item in (root.get("paths") or {}).values()
            for method, operation in item.items()
            if method.lower() in METHODS and isinstance(operation, dict)
        ]
        human = sum(1 for o in operations if any(o.get(key) in (True, "ENABLED") for key in CONFIRM))
        return {"steps": len(operations), "calls": 0, "human": human}
    if not re.search(r"""(?m)^["']?(openapi|swagger)["']?: *["']?[23]""", text):
        return None
    steps = human = 0
    inside = False
    path_indent = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            inside = bool(re.match(r"""["']?paths["']?:""", line))
            path_indent = None
            continue
        if not inside:
            continue
        if path_indent is None:
            path_indent = indent
            method_indent = None
            continue
        if indent == path_indent:
            continue
        if indent > path_indent and (method_indent is None or indent == method_indent):
            method_indent = indent
            steps += bool(re.match(rf"\s*[\"']?({'|'.join(METHODS)})[\"']?:", line))
        human += bool(re.match(rf"\s*({'|'.join(CONFIRM)}): *(true|ENABLED)\b", line))
    return {"steps": steps, "calls": 0, "human": human}
