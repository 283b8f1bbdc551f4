"""Counts states, tasks and human tasks of AWS Step Functions, written from states-language.net."""

import json
import re

FORMAT = "aws-step-functions"

TYPES = ("Task", "Choice", "Wait", "Pass", "Succeed", "Fail", "Parallel", "Map")
PEOPLE = re.compile(r"approv|review|manual|human|confirm|\bask|Ask|customer|escalat", re.IGNORECASE)


def machines(value):
    """Every object with StartAt and States, also those inside others and inside texts."""
    if isinstance(value, dict):
        if "StartAt" in value and isinstance(value.get("States"), dict):
            yield value
        for inner in value.values():
            yield from machines(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from machines(inner)
    elif isinstance(value, str) and '"StartAt"' in value:
        try:
            yield from machines(json.loads(value))
        except ValueError:
            pass


def waits_for_person(name, state):
    resource = str(state.get("Resource", ""))
    if not (resource.endswith(".waitForTaskToken") or ":activity:" in resource):
        return False
    words = [name, str(state.get("Comment", ""))]
    parameters = state.get("Parameters") or state.get("Arguments") or {}
    for key in ("FunctionName", "TopicArn", "QueueUrl"):
        words.append(str(parameters.get(key, "")))
    return any(PEOPLE.search(word) for word in words)


def counts(path, data):
    text = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else data
    if "StartAt" not in text:
        return None
    try:
        root = json.loads(text)
    except ValueError:
        return counts_in_yaml(text)
    states = [
        (name, state)
        for machine in machines(root)
        for name, state in machine["States"].items()
        if isinstance(state, dict)
    ]
    if not states:
        return None
    tasks = [(name, state) for name, state in states if state.get("Type") == "Task"]
    return {
        "steps": len(states),
        "calls": len(tasks),
        "human": sum(waits_for_person(name, state) for name, state in tasks),
    }


def counts_in_yaml(text):
    """By lines: a state has its type on a line of its own."""
    pattern = re.compile(r"""^\s+["']?Type["']?:\s*["']?(%s)["']?\s*$""" % "|".join(TYPES), re.M)
    types = pattern.findall(text)
    if not types:
        return None
    return {"steps": len(types), "calls": types.count("Task"), "human": 0}
