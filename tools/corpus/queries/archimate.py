"""Counts steps, calls and human steps of ArchiMate models, from the standard's elements and relations.

Steps are processes inside processes and processes that somebody is assigned to; calls are accesses of
data, flows, triggering and serving between what an estate has, junctions apart.
"""

import xml.etree.ElementTree as ET

FORMAT = "archimate"

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
COMPONENTS = {"ApplicationComponent", "ApplicationCollaboration", "SystemSoftware"}
BEHAVIOUR = {
    "ApplicationService", "ApplicationFunction", "ApplicationInterface", "ApplicationInteraction",
    "ApplicationProcess",
}
PROCESSES = {"BusinessProcess", "BusinessInteraction"}
PEOPLE = {"BusinessRole", "BusinessActor", "BusinessCollaboration"}
DATA = {"BusinessObject", "DataObject", "Artifact", "Representation", "Contract"}


def upmost(id, above):
    seen = {id}
    while id in above and above[id] not in seen:
        id = above[id]
        seen.add(id)
    return id


def counts(path, data):
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return None
    if "opengroup.org/xsd/archimate" not in root.tag and "archimatetool.com" not in root.tag:
        return None
    types, relations = {}, []
    for node in root.iter():
        if node.tag.split("}")[-1] not in ("element", "relationship"):
            continue
        id = node.get("identifier") or node.get("id")
        kind = (node.get(TYPE) or "").split(":")[-1]
        if node.get("source"):
            relations.append((kind.removesuffix("Relationship"), node.get("source"), node.get("target")))
        elif node.get("name") or any(child.tag.endswith("}name") for child in node):
            types[id] = kind
    parts, carriers = {}, {}
    human = set()
    for kind, source, target in relations:
        ends = types.get(source), types.get(target)
        if kind in ("Composition", "Aggregation") and set(ends) <= PROCESSES:
            parts.setdefault(target, source)
        if kind == "Assignment" and ends[0] in PEOPLE and ends[1] in PROCESSES:
            human.add((source, target))
        if kind in ("Assignment", "Realization", "Composition", "Aggregation") and ends[1] in BEHAVIOUR:
            if ends[0] in COMPONENTS or (ends[0] in BEHAVIOUR and kind == "Realization"):
                carriers.setdefault(target, source)
    steps = {part for part in parts} | {target for _, target in human}

    def place(id):
        kind = types.get(id)
        if kind in PROCESSES:
            return upmost(id, parts)
        return upmost(id, carriers) if kind in BEHAVIOUR | COMPONENTS else id

    calls = 0
    actors = COMPONENTS | BEHAVIOUR | PROCESSES
    for kind, source, target in relations:
        ends = types.get(source), types.get(target)
        if place(source) == place(target):
            continue
        if kind == "Access":
            calls += ends[0] in actors and ends[1] in DATA
        elif kind == "Flow":
            calls += ends[0] in actors | PEOPLE and ends[1] in actors | PEOPLE
        elif kind == "Triggering":
            calls += ends[0] in actors and ends[1] in actors
        elif kind == "Serving":
            calls += ends[0] in actors and ends[1] in actors | PEOPLE
    return {"steps": len(steps), "calls": calls, "human": len(human)}
