#!/usr/bin/env python3
"""Writes a folder of exports as large as asked for, and measures how `rehearse import` reads it.

    benchmarks/estate.py write FOLDER [--files 10000] [--bytes 1000000000]
    benchmarks/estate.py measure FOLDER [--program .build/release/rehearse]

`write` makes the same files each time: UiPath projects of ten workflows, flows of Power Automate,
BPMN diagrams, decision tables, agent cards and a register, with names that refer to one another, and
as bulky as designers make them. `measure` imports the folder three times into a new workspace (at
first, unchanged, and after one file of each format changed) and prints a line of JSON for each:
seconds, peak memory in MiB, files.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid

APPLICATIONS = ["SAP", "Salesforce", "ServiceNow", "Workday", "Outlook", "SharePoint", "Oracle"]
VERBS = ["Approve", "Post", "Check", "Match", "Archive", "Screen", "Notify", "Reconcile", "Open"]
NOUNS = ["invoice", "claim", "order", "application", "account", "refund", "contract", "ticket"]


def guid(rng):
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def phrase(rng):
    return f"{rng.choice(VERBS)} {rng.choice(NOUNS)}"


def filler(rng, count):
    """Text that no parser can skip over and that says nothing."""
    words = []
    while count > 0:
        word = f"{rng.choice(NOUNS)}{rng.randrange(10000)}"
        words.append(word)
        count -= len(word) + 1
    return " ".join(words)


def bpmn(rng, number, size):
    tasks = max(4, min(60, size // 2000))
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
        f'targetNamespace="http://example.org/{number}">',
        f'<bpmn:process id="process-{number}" name="Process {number} {phrase(rng)}" isExecutable="true">',
        '<bpmn:startEvent id="start"/>',
    ]
    kinds = ["userTask", "serviceTask", "serviceTask", "businessRuleTask", "sendTask"]
    for task in range(tasks):
        kind = rng.choice(kinds)
        extra = ' camunda:type="external" camunda:topic="t%d"' % rng.randrange(500)
        if kind == "userTask":
            extra = f' camunda:candidateGroups="Team {rng.randrange(60)}"'
        if kind == "businessRuleTask":
            extra = f' camunda:decisionRef="decision-{rng.randrange(500)}"'
        out.append(
            f'<bpmn:{kind} id="task-{task}" name="{phrase(rng)} {task}"{extra}>'
            f"<bpmn:documentation>{filler(rng, 200)}</bpmn:documentation></bpmn:{kind}>"
        )
    out.append('<bpmn:endEvent id="end"/>')
    nodes = ["start"] + [f"task-{task}" for task in range(tasks)] + ["end"]
    for index, (a, b) in enumerate(zip(nodes, nodes[1:])):
        out.append(f'<bpmn:sequenceFlow id="flow-{index}" sourceRef="{a}" targetRef="{b}"/>')
    out.append("</bpmn:process><bpmndi:BPMNDiagram><bpmndi:BPMNPlane>")
    used = sum(map(len, out))
    index = 0
    while used < size:
        shape = (
            f'<bpmndi:BPMNShape id="shape-{index}" bpmnElement="{nodes[index % len(nodes)]}">'
            f'<dc:Bounds x="{rng.randrange(4000)}" y="{rng.randrange(4000)}" width="100" height="80"/>'
            "</bpmndi:BPMNShape>"
        )
        out.append(shape)
        used += len(shape)
        index += 1
    out.append("</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>")
    return "\n".join(out)


def dmn(rng, number, size):
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d{number}" '
        f'name="Rules {number}" namespace="http://example.org/dmn">',
        f'<decision id="decision-{number}" name="Limit {number}"><decisionTable id="t" hitPolicy="FIRST">',
        '<input id="i"><inputExpression typeRef="number"><text>amount</text></inputExpression></input>',
        '<output id="o" name="approve" typeRef="boolean"/>',
    ]
    used = sum(map(len, out))
    rule = 0
    while used < size and rule < 300:
        text = (
            f'<rule id="r{rule}"><description>{filler(rng, 300)}</description>'
            f'<inputEntry id="e{rule}"><text>&lt; {100 * rule + 100}</text></inputEntry>'
            f'<outputEntry id="x{rule}"><text>{"true" if rule % 2 else "false"}</text></outputEntry></rule>'
        )
        out.append(text)
        used += len(text)
        rule += 1
    out.append("</decisionTable></decision></definitions>")
    return "\n".join(out)


def xaml(rng, project, number, size):
    out = [
        f'<Activity x:Class="W{number}" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities" '
        'xmlns:sap2010="http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation" '
        'xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml" '
        'xmlns:ui="http://schemas.uipath.com/workflow/activities">',
        '<Sequence DisplayName="Main">',
    ]
    used = sum(map(len, out))
    step = 0
    while used < size:
        bulk = filler(rng, 1200)
        choice = rng.randrange(4)
        if choice == 0:
            text = (
                f'<ui:Click DisplayName="{phrase(rng)} {step}" sap2010:WorkflowViewState.IdRef="C_{step}">'
                f"<ui:Click.Target><ui:Target Selector=\"&lt;html app='msedge.exe' "
                f"url='https://{rng.choice(APPLICATIONS).lower()}.example.com/' /&gt;\" "
                f'InformativeScreenshot="{guid(rng)}"/></ui:Click.Target></ui:Click>'
            )
        elif choice == 1 and step % 20 == 1:
            text = (
                f'<ui:InvokeWorkflowFile DisplayName="Call {step}" '
                f'WorkflowFileName="W{(number + 1) % 10}.xaml"/>'
            )
        elif choice == 2:
            text = (
                f'<If DisplayName="{phrase(rng)}? {step}" Condition="[x = &quot;{bulk}&quot;]"><If.Then>'
                f'<ui:LogMessage DisplayName="Log {step}" Message="[{step}]"/></If.Then></If>'
            )
        else:
            text = (
                f'<Assign DisplayName="{phrase(rng)} {step}"><Assign.Value>'
                f'<InArgument x:TypeArguments="x:String">[{bulk}]</InArgument></Assign.Value></Assign>'
            )
        out.append(text)
        used += len(text)
        step += 1
    out.append("</Sequence></Activity>")
    return "\n".join(out)


def uipath_manifest(rng, project):
    return json.dumps(
        {
            "name": f"Robot_{project}",
            "projectId": guid(rng),
            "description": f"{phrase(rng)}s of project {project}",
            "main": "W0.xaml",
            "dependencies": {"UiPath.System.Activities": "[23.10.6]"},
            "schemaVersion": "4.0",
            "studioVersion": "23.10.6.0",
            "projectVersion": "1.0.0",
        }
    )


def flow(rng, number, size):
    actions = {}
    used = 0
    before = None
    while used < size:
        name = f"{phrase(rng)}_{len(actions)}".replace(" ", "_")
        connector = rng.choice(APPLICATIONS).lower()
        action = {
            "type": "OpenApiConnection",
            "inputs": {
                "host": {
                    "apiId": f"/providers/Microsoft.PowerApps/apis/shared_{connector}",
                    "operationId": "GetItems",
                },
                "parameters": {"text": filler(rng, 1500)},
            },
            "runAfter": {before: ["Succeeded"]} if before else {},
        }
        actions[name] = action
        used += len(json.dumps(action))
        before = name
    return json.dumps(
        {
            "name": guid(rng),
            "properties": {
                "displayName": f"Flow {number} {phrase(rng)}",
                "definition": {
                    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/"
                    "schemas/2016-06-01/workflowdefinition.json#",
                    "triggers": {
                        "Recurrence": {
                            "type": "Recurrence",
                            "recurrence": {"frequency": "Hour", "interval": 1},
                        }
                    },
                    "actions": actions,
                },
            },
        },
        indent=1,
    )


def card(rng, number, size):
    skills = []
    while size > 0:
        skill = {"id": f"s{len(skills)}", "name": phrase(rng), "description": filler(rng, 900), "tags": []}
        skills.append(skill)
        size -= 1000
    return json.dumps(
        {
            "protocolVersion": "0.3.0",
            "name": f"Agent {number}",
            "description": phrase(rng),
            "url": f"https://agents.example.com/{number}",
            "version": "1.0.0",
            "capabilities": {},
            "defaultInputModes": ["text/plain"],
            "defaultOutputModes": ["text/plain"],
            "skills": skills,
        },
        indent=1,
    )


def register(rng, files):
    lines = ["Name,Purpose,Owner,Technology,Volume,Failure rate,Human involvement,Integrates with"]
    for number in range(files // 20):
        lines.append(
            f"Robot_{number},{phrase(rng)},Person {number % 90},UiPath,{rng.randrange(1, 900)} per day,"
            f"{rng.randrange(1, 9)} %,exceptions,{rng.choice(APPLICATIONS)}"
        )
    return "\n".join(lines) + "\n"


def write(folder, files, size):
    rng = random.Random(20261121)
    each = size // files

    def put(path, text):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    written = 1
    put("register/systems.csv", register(rng, files))
    number = 0
    while written < files:
        share = number % 20
        if share < 4 and written + 11 <= files:
            put(f"uipath/robot-{number}/project.json", uipath_manifest(rng, number))
            for workflow in range(10):
                put(f"uipath/robot-{number}/W{workflow}.xaml", xaml(rng, number, workflow, each))
            written += 11
        elif share < 11:
            put(f"bpmn/{number % 40}/process-{number}.bpmn", bpmn(rng, number, each))
            written += 1
        elif share < 17:
            put(f"flows/{number % 40}/flow-{number}/definition.json", flow(rng, number, each))
            written += 1
        elif share < 19:
            put(f"rules/table-{number}.dmn", dmn(rng, number, each))
            written += 1
        else:
            put(f"agents/agent-{number}.json", card(rng, number, each))
            written += 1
        number += 1


def run(program, folder, workspace, *options):
    """Runs an import in a process of its own and prints what it took."""
    began = time.monotonic()
    process = subprocess.Popen(
        [program, "import", folder, "--workspace", workspace, "--format", "json", *options],
        stdout=subprocess.PIPE,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status != 0:
        sys.exit(f"{program} import ended with status {status}")
    totals = json.loads(output)["totals"]
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "processor_seconds": round(usage.ru_utime + usage.ru_stime, 1),
                "peak_mib": round(usage.ru_maxrss / 1024),
                "workspace_mib": round(os.path.getsize(workspace) / 1048576),
                **totals,
            }
        ),
        flush=True,
    )


def measure(folder, program):
    with tempfile.TemporaryDirectory() as scratch:
        workspace = os.path.join(scratch, "workspace.sqlite")
        run(program, folder, workspace)
        run(program, folder, workspace)
        for ending in [".bpmn", ".dmn", ".xaml"]:
            for place, _, names in sorted(os.walk(folder)):
                found = [name for name in sorted(names) if name.endswith(ending)]
                if found:
                    path = os.path.join(place, found[0])
                    with open(path, "a", encoding="utf-8") as file:
                        file.write("\n<!-- changed -->\n")
                    break
        run(program, folder, workspace)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    writing = verbs.add_parser("write")
    writing.add_argument("folder")
    writing.add_argument("--files", type=int, default=10_000)
    writing.add_argument("--bytes", type=int, default=1_000_000_000)
    measuring = verbs.add_parser("measure")
    measuring.add_argument("folder")
    measuring.add_argument("--program", default=".build/release/rehearse")
    arguments = parser.parse_args()
    if arguments.verb == "write":
        write(arguments.folder, arguments.files, arguments.bytes)
    else:
        measure(arguments.folder, arguments.program)


if __name__ == "__main__":
    main()
