"""Counts of a Salesforce flow, by XPath from the Metadata API's description of `Flow`."""

from lxml import etree

FORMAT = "salesforce-flow"

NAMESPACES = {"f": "http://soap.sforce.com/2006/04/metadata"}

# Elements that Flow Builder draws on its canvas.
NODES = (
    "actionCalls", "apexPluginCalls", "assignments", "collectionProcessors", "customErrors",
    "decisions", "experiments", "loops", "orchestratedStages", "recordCreates", "recordDeletes",
    "recordLookups", "recordRollbacks", "recordUpdates", "screens", "start", "steppedStages",
    "steps", "subflows", "transforms", "waits",
)
# What leaves the flow: records, actions, other flows, code.
CALLS = (
    "/f:Flow/f:actionCalls[f:actionType or f:actionName]",
    "/f:Flow/f:apexPluginCalls[f:apexClass]",
    "/f:Flow/f:subflows[f:flowName]",
    "/f:Flow/f:recordCreates", "/f:Flow/f:recordDeletes", "/f:Flow/f:recordLookups",
    "/f:Flow/f:recordUpdates",
    "/f:Flow/f:orchestratedStages/f:stageSteps[f:actionName]",
    "/f:Flow/f:steppedStages/f:steps[f:actionName]",
)
HUMAN = (
    "/f:Flow/f:screens",
    "/f:Flow/f:actionCalls[f:actionType='submit']",
    "/f:Flow/f:orchestratedStages/f:stageSteps[f:actionType='stepInteractive' or"
    " f:actionType='stepApproval' or f:stepSubtype='InteractiveStep' or"
    " f:stepSubtype='ApprovalStep']",
    "/f:Flow/f:steppedStages/f:steps[f:actionType='createWorkItem']",
)


def counts(path, data):
    """Steps, calls and human steps of a flow; None for anything else."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != "{%s}Flow" % NAMESPACES["f"]:
        return None

    def count(*paths):
        return sum(int(root.xpath("count(%s)" % one, namespaces=NAMESPACES)) for one in paths)

    steps = count(*("/f:Flow/f:%s" % node for node in NODES))
    steps += count("/f:Flow/f:orchestratedStages/f:stageSteps", "/f:Flow/f:steppedStages/f:steps")
    return {"steps": steps, "calls": count(*CALLS), "human": count(*HUMAN)}
