"""Counts steps, calls and human steps of n8n workflows, written from the product's node reference."""

import json

FORMAT = "n8n"

# Core and cluster nodes that stay within n8n (docs.n8n.io/integrations/builtin).
INTERNAL = set(
    """aggregate aiTransform chat chatTrigger code compareDatasets compression convertToFile cron crypto
    dataTable dateTime debugHelper editImage errorTrigger evaluation evaluationTrigger
    executeWorkflowTrigger executionData extractFromFile filter form formTrigger function functionItem
    guardrails html htmlExtract iCal if informationExtractor interval itemLists jwt limit
    manualChatTrigger manualTrigger markdown mcpTrigger memoryBufferWindow memoryChatRetriever
    memoryManager merge modelSelector moveBinaryData n8nTrigger noOp readPDF removeDuplicates renameKeys
    respondToWebhook scheduleTrigger sentimentAnalysis set simulate simulateTrigger sort splitInBatches
    splitOut spreadsheetFile start stickyNote stopAndError summarize switch textClassifier toolExecutor
    totp wait webhook workflowTrigger xml""".split()
)
PREFIXES = ("outputParser", "textSplitter", "chain", "document", "vectorStoreInMemory")


def workflows(value, depth=0):
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from workflows(item, depth + 1)
    elif isinstance(value, dict):
        nodes = value.get("nodes")
        if isinstance(nodes, list) and isinstance(value.get("connections"), dict):
            if all(isinstance(node, dict) and "typeVersion" in node for node in nodes):
                yield nodes
                return
        for key in ("workflow", "workflowData", "data", "workflows", "template"):
            if key in value:
                yield from workflows(value[key], depth + 1)


def counts(path, data):
    try:
        root = json.loads(data)
    except (ValueError, UnicodeDecodeError):
        return None
    found = list(workflows(root))
    if not found:
        return None
    steps = calls = human = 0
    for nodes in found:
        for node in nodes:
            kind = str(node.get("type", ""))
            package, _, short = kind.rpartition(".")
            if short == "stickyNote" or node.get("disabled"):
                continue
            steps += 1
            parameters = node.get("parameters") or {}
            is_own = package in ("n8n-nodes-base", "@n8n/n8n-nodes-langchain")
            retriever = short.startswith("retriever") and short != "retrieverWorkflow"
            if not short.endswith("Trigger") and short != "emailReadImap":
                if not is_own or not (
                    short in INTERNAL or short.startswith(PREFIXES) or retriever
                ):
                    calls += 1
            if parameters.get("operation") in ("sendAndWait", "dispatchAndWait"):
                human += 1
            elif is_own and short in ("form", "formTrigger"):
                human += 1
            elif is_own and short == "wait" and parameters.get("resume") == "form":
                human += 1
    return {"steps": steps, "calls": calls, "human": human}
