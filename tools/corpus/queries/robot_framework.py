"""Counts steps, calls and human steps of Robot Framework suites, from its user guide.

Results (output.xml) and manifests (robot.yaml) measure and name robots and have no steps. Calls are
keywords of the same file that a step runs, resource files, and suites that a manifest starts.
"""

import re

FORMAT = "robot-framework"

NO_STEP = {"END", "ELSE", "FINALLY", "RETURN", "BREAK", "CONTINUE", "VAR", "..."}
HUMAN = {
    "getvaluefromuser", "getselectionfromuser", "getselectionsfromuser", "runassistant", "rundialog",
    "askuser", "showdialog", "pauseexecution", "executemanualstep",
}


def plain(name):
    return name.lower().replace(" ", "").replace("_", "")


def counts(path, data):
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("<"):
        return {"steps": 0, "calls": 0, "human": 0} if re.search(r"<robot\b[^>]*generator", text) else None
    if not re.search(r"(?im)^\*+ *(tasks|test cases|keywords|settings) *\**", text):
        if re.search(r"(?m)^tasks:", text) and re.search(r"(?m)^(condaConfigFile|artifactsDir):", text):
            return {"steps": 0, "calls": len(re.findall(r"\S+\.robot\b", text)), "human": 0}
        return None
    section, steps, calls, human, own, used = "", 0, 0, 0, set(), []
    for line in text.splitlines():
        head = re.match(r"\*+ *([A-Za-z ]+?) *\**\s*$", line)
        if head:
            section = head.group(1).lower()
            continue
        cells = [cell for cell in re.split(r"\t| {2,}", line.rstrip()) if cell]
        if not cells or cells[0].startswith("#"):
            continue
        if section.startswith("setting") and cells[0].lower() == "resource":
            calls += 1
        if not section.startswith(("task", "test", "keyword")):
            continue
        if not line[:1].isspace():
            if section.startswith("keyword"):
                own.add(plain(cells[0]))
            continue
        while cells and re.match(r"[$@&]\{", cells[0]) and len(cells) > 1:
            cells.pop(0)
        if cells[0].lower() in ("[setup]", "[teardown]") and len(cells) > 1:
            cells.pop(0)
        if cells[0].startswith(("[", "$")) or cells[0] in NO_STEP:
            continue
        steps += 1
        used.append(plain(cells[0]))
        human += plain(cells[0].split(".")[-1]) in HUMAN
    calls += sum(word in own for word in used)
    return {"steps": steps, "calls": calls, "human": human}
