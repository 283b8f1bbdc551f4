"""Counts the statements of desktop flows, by lines of their script outside texts, comments and declarations."""
import json
import re

from lxml import etree

FORMAT = "power-automate-desktop"

ACTION = re.compile(r"[A-Z]\w*(?:\.[A-Z]\w*)+(?=[ )\n]|$)")
KEYWORD = re.compile(
    r"(SET|IF|ELSE IF|SWITCH|CASE|LOOP|BLOCK|CALL|GOTO|LABEL|EXIT|NEXT LOOP|WAIT|ON ERROR|ON BLOCK ERROR"
    r"|ERROR|THROW)(?= |$)")
TEXT = re.compile(r"\$?'''(?:\\.|(?!''').)*'''", re.S)
COMMENT = re.compile(r"^[ \t]*/#.*?#/[ \t]*$", re.S | re.M)


def _script(text):
    text = text.replace("\r\n", "\n").split("# [ControlRepository]")[0]
    # Texts over several lines are made one line; what they say is not needed but for paths.
    text = COMMENT.sub("", text)
    text = TEXT.sub(lambda m: m.group(0).replace("\n", " "), text)
    steps = calls = human = 0
    for line in text.split("\n"):
        line = line.strip()
        if not line or line[0] in "#@*/{" or line.startswith(("DISABLE ", "IMPORT ", "FUNCTION ", "END")):
            continue
        keyword = KEYWORD.match(line)
        action = ACTION.match(line)
        if not keyword and not action:
            continue
        steps += 1
        name = action.group(0) if action else ""
        if name.startswith("Display.") and "Notification" not in name:
            human += 1
        if name.startswith(("External.Run", "External.InvokeCloudConnector", "Excel.", "Outlook.", "Exchange.",
                            "Word.", "Email.", "Scripting.Run")):
            calls += 1
        elif name.startswith("Database.") and "Close" not in name:
            calls += 1
        elif name.startswith("System.RunApplication") and re.search(r"ApplicationPath: \$?'''[^%]+'''", line):
            calls += 1
    return {"steps": steps, "calls": calls, "human": human}


def counts(path, data):
    if data.lstrip()[:1] == b"<" or data[:4] == b"\xef\xbb\xbf<":
        try:
            root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
        except (etree.XMLSyntaxError, ValueError):
            return None
        total = {"steps": 0, "calls": 0, "human": 0}
        found = False
        for workflow in root.iter("Workflow"):
            if (workflow.findtext("Category") or "").strip() != "6":
                continue
            text = (workflow.findtext("Definition") or "").strip()
            if not text:
                continue
            found = True
            if text.startswith('"'):
                text = json.loads(text)
            for key, value in _script(text).items():
                total[key] += value
        return total if found else None
    text = data.decode("utf-8-sig", errors="replace")
    if not re.search(r"\$'''|=> |^\s*(CALL|LOOP FOREACH) ", text, re.M):
        return None
    result = _script(text)
    return result if result["steps"] else None
