"""Counts steps, calls and human steps of Kestra flows, from its documentation of tasks.

YAML is counted by lines, for the standard library does not read it: a task is a line `type:` with a
class, beside an `id:`, outside triggers and inputs.
"""

import re

FORMAT = "kestra"

CALLS = {"Subflow", "ForEachItem", "Flow"}
OWN = ("core", "scripts", "serdes", "compress", "transform", "graalvm")
NO_TASK = re.compile(r"\.(condition|runner|trigger)\b|\.runner\.")


def is_call(written, block):
    parts = written.split(".")
    packages = parts[3:-1] if parts[:3] == ["io", "kestra", "plugin"] else parts[2:-1]
    if parts[-1] in CALLS:
        return True
    if packages and packages[-1] == "http" and parts[-1] in ("Request", "Download"):
        return True
    if packages and packages[0] == "scripts":
        return bool(re.search(r"https?://\w+\.\w+", block))
    return bool(packages) and packages[0] not in OWN and "scripts" not in packages


def blocks(lines):
    """Each task with its type and all lines of its own level."""
    section = ""
    for index, line in enumerate(lines):
        top = re.match(r"(\w+):", line)
        section = top.group(1) if top else section
        found = re.match(r"([ \t]*(?:- +)*)type:\s*[\"']?(\w+(?:\.\w+){2,})", line)
        if not found or section in ("triggers", "inputs", "outputs", "pluginDefaults"):
            continue
        column, written = len(found.group(1)), found.group(2)
        own = [line[column:]]
        for other in lines[index + 1 :]:
            indent = len(other) - len(other.lstrip())
            if other.strip() and (indent < column or other[:column].strip()):
                break
            own.append(other[column:])
        for other in reversed(lines[:index]):
            indent = len(other) - len(other.lstrip())
            if other.strip() and indent < column and not other[:column].strip("- "):
                own.append(other[column:])
                break
            if other.strip() and indent < column:
                break
            own.append(other[column:])
        mine = [text for text in own if text and not text.startswith(" ")]
        if any(text.startswith("id:") for text in mine) and not NO_TASK.search(written):
            yield written, mine, "\n".join(own)


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if not re.search(r"(?m)^namespace:", text) or not re.search(r"(?m)^tasks:", text):
        return None
    steps = calls = human = 0
    for written, mine, block in blocks(text.splitlines()):
        if "disabled: true" in mine:
            continue
        steps += 1
        calls += is_call(written, block)
        waits = any(line.startswith(("delay:", "pauseDuration:")) for line in mine)
        human += written.endswith(".Pause") and not waits
    return {"steps": steps, "calls": calls, "human": human} if steps else None
