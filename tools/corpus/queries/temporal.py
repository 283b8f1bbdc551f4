"""Counts what is begun in a history of a Temporal workflow, by the types of its events.

Steps are distinct types of activities and of local activities, child workflows, operations of Nexus, lengths of
timers and signals to others; a call is a child workflow, an operation, or an activity for another task queue.
Whether a signal from outside was waited for is not said in plain words and not counted.
"""
import base64
import json

FORMAT = "temporal"


def _histories(node):
    if isinstance(node, list):
        if node and isinstance(node[0], dict) and "eventType" in node[0]:
            yield node
        else:
            for item in node:
                yield from _histories(item)
    elif isinstance(node, dict):
        if isinstance(node.get("events"), list):
            yield node["events"]
        elif isinstance(node.get("history"), dict):
            yield from _histories(node["history"])


def _attributes(event):
    return next((v for k, v in event.items() if k.endswith("EventAttributes")), {})


def counts(path, data):
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError):
        return None
    steps, calls = set(), set()
    found = False
    for events in _histories(document):
        first = next((e for e in events if isinstance(e, dict)), {})
        if "eventTime" not in first:
            continue
        start = _attributes(first)
        workflow = start.get("workflowType", {}).get("name")
        if not workflow:
            continue
        found = True
        own = start.get("taskQueue", {}).get("name")
        for event in events:
            kind = event.get("eventType", "").replace("EVENT_TYPE_", "").replace("_", "").lower()
            said = _attributes(event)
            name = None
            if kind == "activitytaskscheduled":
                name = said["activityType"]["name"]
                if said.get("taskQueue", {}).get("name") not in (None, own):
                    calls.add((workflow, kind, name))
            elif kind == "startchildworkflowexecutioninitiated":
                name = said["workflowType"]["name"]
                calls.add((workflow, kind, name))
            elif kind == "nexusoperationscheduled":
                name = f"{said.get('service')}/{said.get('operation')}"
                calls.add((workflow, kind, name))
            elif kind == "timerstarted":
                name = said.get("startToFireTimeout")
            elif kind == "signalexternalworkflowexecutioninitiated":
                name = said.get("signalName")
                calls.add((workflow, kind, name))
            elif kind == "requestcancelexternalworkflowexecutioninitiated":
                name = "cancel"
                calls.add((workflow, kind, name))
            elif kind == "markerrecorded" and said.get("markerName") == "LocalActivity":
                payload = said["details"]["data"]["payloads"][0]["data"]
                name = json.loads(base64.b64decode(payload)).get("ActivityType")
            if name is not None:
                steps.add((workflow, kind, name))
    return {"steps": len(steps), "calls": len(calls), "human": 0} if found else None
