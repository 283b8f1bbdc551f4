"""Counts in DMN of any version: what the requirements graph draws.

A step is a decision, a function (business knowledge model) or a decision service. A call is a
requirement: the arrow from what is needed to what needs it.
"""

import xml.etree.ElementTree as ET

FORMAT = "dmn"

STEPS = {"decision", "businessKnowledgeModel", "decisionService"}
REQUIRED = {"requiredInput", "requiredDecision", "requiredKnowledge", "requiredAuthority"}


def counts(path, data):
    if b"omg.org/spec/DMN/" not in data:
        return None
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return None
    namespace, _, name = root.tag[1:].partition("}")
    if name.lower() != "definitions" or "omg.org/spec/DMN/" not in namespace:
        return None
    found = {"steps": 0, "calls": 0, "human": 0}
    for element in root:
        kind = element.tag.rsplit("}", 1)[-1]
        found["steps"] += kind in STEPS
        if kind in STEPS or kind == "knowledgeSource":
            for requirement in element:
                for needed in requirement:
                    if needed.tag.rsplit("}", 1)[-1] in REQUIRED and needed.get("href"):
                        found["calls"] += 1
    return found
