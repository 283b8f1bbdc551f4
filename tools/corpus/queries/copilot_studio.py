"""Counts nodes of Copilot Studio by the lines that name their kind.

Lines, since the files are not always YAML by the letter. Nodes are items of lists (`- kind: …`);
inputs and conditions have other keys.
"""
import re

FORMAT = "copilot-studio"
ROOT = re.compile(r"^kind:\s*(\w+)", re.M)
NODE = re.compile(r"^[ \t]*-[ \t]+kind:[ \t]*(\w+)", re.M)
INPUTS = {"AutomaticTaskInput", "ManualTaskInput", "AdaptiveCardTemplate"}
CALLING = {
    "InvokeConnectorAction", "InvokeFlowAction", "InvokeSkillAction", "InvokeAIBuilderModelAction",
    "HttpRequestAction",
}
HUMAN = {
    "Question", "AdaptiveCardPrompt", "CSATQuestion", "TransferConversation",
    "TransferConversationV2",
}
DIALOGS = {"AdaptiveDialog", "TaskDialog", "AgentDialog", "GptComponentMetadata"}


def counts(path, data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if text.lstrip()[:1] in ("<", "{"):
        return None
    root = ROOT.search(text)
    if not root or root.group(1) not in DIALOGS:
        return None
    if root.group(1) in ("TaskDialog", "AgentDialog"):
        return {"steps": 1, "calls": 1, "human": 0}
    kinds = [k for k in NODE.findall(text) if k not in INPUTS]
    escalates = len(re.findall(r"^[ \t]+kind:[ \t]*OnEscalate", text, re.M))
    transfers = len([k for k in kinds if k.startswith("TransferConversation")])
    return {
        "steps": len(kinds),
        "calls": len([k for k in kinds if k in CALLING]) + escalates + transfers,
        "human": len([k for k in kinds if k in HUMAN]) + escalates,
    }
