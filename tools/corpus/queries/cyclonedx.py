"""Counts steps, calls and human steps of CycloneDX bills, from the standard's schema.

Steps are tasks and steps of workflows; calls are dependencies on services and models. Nobody acts in a
bill of materials.
"""

import json
import re
import xml.etree.ElementTree as ET

FORMAT = "cyclonedx"


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    steps = calls = 0
    if text.lstrip().startswith("<"):
        if "cyclonedx.org/schema/bom" not in text:
            return None
        try:
            root = ET.fromstring(re.sub(r'xmlns="[^"]*"', "", text, count=1))
        except ET.ParseError:
            return None
        wanted = {s.get("bom-ref") for s in root.iter("service")}
        wanted |= {c.get("bom-ref") for c in root.iter("component") if c.get("type") == "machine-learning-model"}
        calls = sum(d.get("ref") in wanted for d in root.findall("dependencies/dependency/dependency"))
        for workflow in root.findall("formulation/formula/workflows/workflow"):
            steps += len(workflow.findall("tasks/task")) + len(workflow.findall("steps/step"))
            steps += len(workflow.findall("tasks/task/steps/step"))
        return {"steps": steps, "calls": calls, "human": 0}
    try:
        root = json.loads(text)
    except ValueError:
        return None
    if not isinstance(root, dict) or root.get("bomFormat") != "CycloneDX":
        return None
    wanted = {s.get("bom-ref") for s in root.get("services") or []}
    wanted |= {c.get("bom-ref") for c in root.get("components") or [] if c.get("type") == "machine-learning-model"}
    for dependency in root.get("dependencies") or []:
        calls += sum(target in wanted for target in dependency.get("dependsOn") or [])
    for formula in root.get("formulation") or []:
        for workflow in formula.get("workflows") or []:
            steps += len(workflow.get("steps") or [])
            for task in workflow.get("tasks") or []:
                steps += 1 + len(task.get("steps") or [])
    return {"steps": steps, "calls": calls, "human": 0}
