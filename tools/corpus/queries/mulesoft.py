"""Counts of a MuleSoft application's file: message sources and processors of its flows."""

from lxml import etree

FORMAT = "mulesoft"

BASE = "http://www.mulesoft.org/schema/mule/"
CORE = BASE + "core"

# Components of the runtime that the designer draws (docs.mulesoft.com, "Core Components").
CORE_STEPS = {
    "async", "choice", "first-successful", "flow-ref", "foreach", "idempotent-message-validator",
    "logger", "on-error-continue", "on-error-propagate", "parallel-foreach", "parse-template",
    "raise-error", "remove-variable", "round-robin", "scatter-gather", "scheduler", "set-payload",
    "set-variable", "try", "until-successful",
}
EE_STEPS = {"transform", "dynamic-evaluate", "cache", "invalidate-cache", "invalidate-key"}
BATCH_STEPS = {"job", "step", "aggregator"}
# Namespaces whose components reach nothing outside the application.
INSIDE = {
    "core", "ee/core", "batch", "validation", "java", "json", "xml", "xml-module", "scripting", "crypto",
    "compression", "tracing", "mule-apikit", "apikit", "apikit-soap", "ee/tracking", "aggregators", "jtokkit", "documentation",
    "ee/dw", "test",
}
# Places in which processors of any namespace stand.
HOLDERS = {
    "flow", "sub-flow", "when", "otherwise", "route", "foreach", "parallel-foreach", "try", "async",
    "until-successful", "on-error-continue", "on-error-propagate", "step", "aggregator",
    "on-complete", "cache",
}
# Settings that stand where processors do.
SETTINGS = {
    "reconnect", "reconnect-forever", "redelivery-policy", "error-mapping", "scheduling-strategy",
    "error-handler", "annotations", "description", "non-repeatable-stream",
    "repeatable-in-memory-stream", "repeatable-file-store-stream", "initial-state",
}


def is_source(element, name):
    return name in ("scheduler", "listener", "subscriber") or name.endswith("-listener") or (
        name.startswith("on-") and not name.startswith("on-error"))


def counts(path, data):
    """Steps, calls and human steps of the file; None for anything else."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != "{%s}mule" % CORE:
        return None
    # Suites of MUnit test flows and are no part of the application.
    if any(isinstance(e.tag, str) and etree.QName(e).namespace == BASE + "munit" for e in root):
        return None
    steps = calls = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element)
        if not (tag.namespace or "").startswith(BASE):
            continue
        module = tag.namespace[len(BASE):]
        parent = element.getparent()
        inside = parent is not None and etree.QName(parent).localname in HOLDERS
        if tag.localname in ("flow", "sub-flow") and module == "core":
            steps += 1
        elif module == "core":
            steps += tag.localname in CORE_STEPS
        elif module == "ee/core":
            steps += tag.localname in EE_STEPS
        elif module == "batch":
            steps += tag.localname in BATCH_STEPS
        elif inside and tag.localname not in SETTINGS:
            steps += 1
            first = parent.find("*") is element
            if module not in INSIDE and not (first and is_source(element, tag.localname)):
                calls += 1
    # MuleSoft knows no step that a person does.
    return {"steps": steps, "calls": calls, "human": 0}
