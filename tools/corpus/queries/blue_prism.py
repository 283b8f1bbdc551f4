"""Counts the stages of Blue Prism's processes and objects."""
from lxml import etree

FORMAT = "blue-prism"

STEPS = {
    "Action", "Process", "SubSheet", "Skill", "Navigate", "Read", "Write", "Code", "Calculation",
    "MultipleCalculation", "Decision", "ChoiceStart", "Exception", "Recover", "Resume", "Alert", "WaitStart",
    "LoopStart", "Block",
}
CALLS = {"Action", "Process", "Skill", "Navigate", "Read", "Write"}


def counts(path, data):
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    name = etree.QName(root).localname
    if name not in ("release", "process", "object"):
        return None
    kinds = [s.get("type") for s in root.iter("{*}stage")]
    if not kinds:
        return None
    return {
        "steps": sum(k in STEPS for k in kinds),
        "calls": sum(k in CALLS for k in kinds),
        "human": sum(k == "Alert" for k in kinds),
    }
