"""Skills of A2A agent cards, counted from the format; a card lists no calls and no people."""

import json

FORMAT = "a2a-agent-card"


def counts(path, data):
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    cards = root if isinstance(root, list) else [root]
    if not cards or not all(isinstance(c, dict) and isinstance(c.get("skills"), list) and "name" in c for c in cards):
        return None
    addresses = {"url", "supportedInterfaces", "supported_interfaces", "protocolVersion", "protocol_version"}
    if not all(addresses & set(card) for card in cards):
        return None
    return {"steps": sum(len(card["skills"]) for card in cards), "calls": 0, "human": 0}
