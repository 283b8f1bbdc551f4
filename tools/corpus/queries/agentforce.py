"""Counts topics, actions and hand-overs of Agentforce, by XPath and by lines of Agent Script."""
import re

from lxml import etree

FORMAT = "agentforce"
NS = {"s": "http://soap.sforce.com/2006/04/metadata"}
KINDS = {
    "Bot", "BotVersion", "GenAiPlanner", "GenAiPlannerBundle", "GenAiPlugin", "GenAiFunction",
    "GenAiPromptTemplate",
}


def counts(path, data):
    if data.lstrip()[:1] != b"<":
        return script(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    name = etree.QName(root).localname
    if name not in KINDS:
        return None

    def count(expression):
        return len(root.xpath(expression, namespaces=NS))

    confirmed = count("//s:isConfirmationRequired[.='true']")
    escalating = count("//s:canEscalate[.='true']")
    if name == "GenAiFunction":
        return {"steps": 1, "calls": count("s:invocationTarget"), "human": confirmed}
    if name == "GenAiPlugin":
        return {
            "steps": 1 + count("s:genAiFunctions") + escalating,
            "calls": count("s:genAiFunctions") + escalating, "human": escalating,
        }
    if name.startswith("GenAiPlanner"):
        inner = count("s:genAiPlugins") + count("s:localTopics")
        actions = count("//s:localActions") + count("//s:plannerActions")
        used = count("s:genAiFunctions") + count("//s:genAiCustomizedPlugin/s:genAiFunctions")
        return {
            "steps": inner + actions + used + escalating,
            "calls": actions + used + escalating,
            "human": confirmed + escalating,
        }
    if name == "GenAiPromptTemplate":
        versions = root.xpath("s:templateVersions", namespaces=NS)
        providers = versions[-1].xpath("s:templateDataProviders", namespaces=NS) if versions else []
        return {"steps": len(providers), "calls": len(providers), "human": 0}
    transfers = count("//s:conversationSystemMessage[s:type='Transfer']")
    invocations = count("//s:botInvocation/s:invocationActionName")
    asked = count("//s:botVariableOperation[s:type='Collect']")
    return {
        "steps": count("//s:botSteps"), "calls": invocations + transfers,
        "human": transfers + asked,
    }


def script(data):
    text = data.decode("utf-8", "replace")
    if not re.search(r"^config:", text, re.M):
        return None
    topics = len(re.findall(r"^(?:start_agent|subagent|topic)\b[^\n]*:", text, re.M))
    if not topics:
        return None
    targets = len(re.findall(r"^\s+target:\s*\"?\w+://", text, re.M))
    escalations = len(re.findall(r"^\s+\w+:\s*@utils\.escalate", text, re.M))
    moves = len(re.findall(r"^\s+\w+:\s*@utils\.(?!escalate)", text, re.M))
    return {
        "steps": topics + targets + escalations + moves, "calls": targets + escalations,
        "human": escalations,
    }
