"""Counts in BPMN 2.0: every flow node is a step; user and manual tasks are human.

A call is a call activity, a service or send task, and a rule task that says what decides.
"""

import xml.etree.ElementTree as ET

FORMAT = "bpmn"

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CONTAINERS = {"process", "subProcess", "transaction", "adHocSubProcess"}
STEPS = {
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
    "exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway",
    "complexGateway", "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent",
    "boundaryEvent",
}  # fmt: skip
HUMAN = {"userTask", "manualTask"}
CALLS = {"callActivity", "serviceTask", "sendTask"}
RULES = {"decisionRef", "ruleFlowGroup", "decisionTableReferenceKey", "calledDecision"}


def counts(path, data):
    if b"BPMN/20100524/MODEL" not in data:
        return None
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return None
    if root.tag != MODEL + "definitions":
        return None
    found = {"steps": 0, "calls": 0, "human": 0}
    for process in root.iterfind(MODEL + "process"):
        walk(process, found)
    return found


def walk(container, found):
    for element in container:
        if not element.tag.startswith(MODEL):
            continue
        name = element.tag[len(MODEL) :]
        if name in STEPS:
            found["steps"] += 1
            found["human"] += name in HUMAN
            found["calls"] += name in CALLS or (name == "businessRuleTask" and names_rules(element))
        if name in CONTAINERS:
            walk(element, found)


def names_rules(task):
    if any(key.rsplit("}", 1)[-1] in RULES for key in task.attrib):
        return True
    return any(e.tag.rsplit("}", 1)[-1] in RULES for e in task.iter())
