"""Tasks of Automation Anywhere 10 and 11: their commands are encrypted, so that there is nothing to count."""
from lxml import etree

FORMAT = "automation-anywhere-v11"


def counts(path, data):
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != "Properties" or root.find("TotalCommands") is None:
        return None
    return {"steps": 0, "calls": 0, "human": 0}
