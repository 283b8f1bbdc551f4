"""Tasks, calls and reviews of CrewAI's YAML files, counted by lines and indentation.

Tasks are steps; tools, collaborators and servers are calls, and so is an output file that is
written; `human_input: true` is a review.
"""

import re

FORMAT = "crewai"

LISTS = ("tools", "mcps", "apps", "collaborator_agents", "knowledge_sources")


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] in ("{", "[", "<"):
        return None
    agents = re.search(r"(?m)^\s+role:", text) and re.search(r"(?m)^\s+goal:", text)
    tasks = len(re.findall(r"(?m)^\s+expected_output:", text))
    if not agents and not (tasks and re.search(r"(?m)^\s+description:", text)):
        return None
    calls = 0
    open_list = None
    item_indent = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        match = re.match(rf"\s+({'|'.join(LISTS)}):\s*(\[.*\])?\s*$", line)
        if match:
            open_list, item_indent = indent, None
            if match.group(2):
                calls += sum(1 for part in match.group(2).strip("[]").split(",") if part.strip())
                open_list = None
            continue
        if open_list is not None:
            is_item = line.lstrip().startswith("- ")
            if is_item and indent >= open_list and item_indent in (None, indent):
                item_indent = indent
                calls += 1
            elif indent <= open_list:
                open_list = None
        calls += bool(re.match(r"\s+output_file:\s*\S", line))
    human = len(re.findall(r"(?mi)^\s+human_input:\s*true", text))
    return {"steps": tasks, "calls": calls, "human": human}
