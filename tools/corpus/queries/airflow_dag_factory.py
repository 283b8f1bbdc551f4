"""Counts steps, calls and human steps of workflows for dag-factory, from its and Airflow's reference.

YAML is counted by lines, for the standard library does not read it.
"""

import re

FORMAT = "airflow-dag-factory"

# Operators that stay within Airflow, or run the user's own code.
OWN = re.compile(r"airflow\.(providers\.standard|operators\.(bash|python|empty|dummy)|sdk|decorators)\b")
CALL = ("TriggerDagRunOperator", "ExternalTaskSensor")
HUMAN = ("ApprovalOperator", "HITLOperator", "HITLBranchOperator", "HITLEntryOperator")


def tasks(section):
    """Tasks of a workflow by name, each with its text."""
    found = {}
    listed = re.split(r"(?m)^\s*- (?=\{?\s*task_id:)", section)
    for part in listed[1:]:
        name = re.match(r"\{?\s*task_id:\s*[\"']?([^\"',}\n]+)", part)
        found[name.group(1).strip()] = part
    if not found:
        block = re.search(r"(?m)^( +)tasks:[ \t]*\n((?:\1 +.*\n|\s*\n)+)", section + "\n")
        for part in re.split(r"(?m)^(?= {4}\w)", block.group(2) if block else "")[0:]:
            name = re.match(r" {4}(\w+):\s*\n", part)
            if name:
                found[name.group(1)] = part
    return found


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if not re.search(r"(?m)^ +(- )?(operator|decorator):", text) and "operator:" not in text:
        return None
    sections = {}
    for part in re.split(r"(?m)^(?=[\w.-]+:)", text):
        name = re.match(r"([\w.-]+):", part)
        if name:
            sections[name.group(1)] = part
    common = sections.pop("default", "")
    workflows = {name: part for name, part in sections.items() if re.search(r"(?m)^ +tasks:", part)}
    if not workflows:
        return None
    steps = calls = human = 0
    for part in workflows.values():
        steps += part.count("- group_name:") or common.count("- group_name:")
        inherited, own = tasks(common), tasks(part)
        for name in {**inherited, **own}:
            task = own.get(name, "") + "\n" + inherited.get(name, "")
            operator = re.search(r"(?:operator|decorator):\s*[\"']?([\w.]+)", task)
            if not operator:
                continue
            steps += 1
            written = operator.group(1)
            short = written.rpartition(".")[2]
            human += short in HUMAN
            if short in CALL:
                calls += 1
            elif short == "BashOperator":
                calls += len(set(re.findall(r"https?://([\w.-]+)", task)))
            elif written.startswith("airflow.") and not OWN.match(written):
                calls += 1
    return {"steps": steps, "calls": calls, "human": human}
