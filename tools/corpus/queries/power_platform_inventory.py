"""Counts connectors in answers of the Power Platform inventory, which has no steps."""

import json

FORMAT = "power-platform-inventory"

AUTOMATIONS = ("microsoft.powerautomate/", "microsoft.copilotstudio/")


def counts(path, data):
    try:
        root = json.loads(data)
    except (ValueError, UnicodeDecodeError):
        return None
    rows = root if isinstance(root, list) else (root.get("data") or root.get("value") or []) if isinstance(root, dict) else []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not rows or not all(str(row.get("type")).lower().startswith("microsoft.") for row in rows):
        return None
    calls = sum(
        len((row.get("properties") or {}).get("connectors") or [])
        for row in rows
        if str(row.get("type")).lower().startswith(AUTOMATIONS)
    )
    return {"steps": 0, "calls": calls, "human": 0}
