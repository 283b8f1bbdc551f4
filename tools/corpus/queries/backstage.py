"""Counts steps, calls and human steps of Backstage entities, from its descriptor format.

YAML is counted by lines, for the standard library does not read it.
"""

import re

FORMAT = "backstage"

RELATIONS = ("dependsOn", "dependencyOf", "consumesApis", "providesApis")
OWN = ("catalog", "fs", "debug", "roadiehq", "backstage", "fetch", "http")


def items(entity, key):
    found = re.search(rf"(?m)^  {key}:[ \t]*(\[.*\])?[ \t]*\n((?: {{2,}}- .*\n)*)", entity + "\n")
    if not found:
        return []
    inline = [part.strip(" \"'") for part in (found.group(1) or "").strip("[]").split(",")]
    lines = [line.strip(" -\"'") for line in found.group(2).splitlines()]
    return [part for part in inline + lines if part]


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    entities = [
        part
        for part in re.split(r"(?m)^---.*\n", text.replace("\r\n", "\n"))
        if re.search(r"(?m)^apiVersion:.*backstage\.io/v", part)
        or re.search(r"(?m)^apiVersion: *scaffolder\.backstage", part)
    ]
    if not entities:
        return None
    steps = calls = human = 0
    for entity in entities:
        kind = re.search(r"(?m)^kind: *[\"']?(\w+)", entity)
        kind = kind.group(1) if kind else ""
        name = re.search(r"(?m)^  name: *[\"']?([\w.-]+)", entity)
        name = name.group(1) if name else ""
        if kind in ("Component", "API", "Resource"):
            for key in RELATIONS:
                # What provides an interface of its own name is one thing with it.
                calls += sum(
                    not (key == "providesApis" and item.split("/")[-1] == name)
                    for item in items(entity, key)
                )
        if kind == "Template":
            actions = re.findall(r"(?m)[\s{,]action: *[\"']?([\w:-]+)", entity)
            asks = bool(re.search(r"(?m)^  parameters:", entity))
            steps += len(actions) + asks
            human += asks
            calls += sum(action.split(":")[0] not in OWN for action in actions)
    return {"steps": steps, "calls": calls, "human": human}
