"""Counts of ServiceNow records, whichever way they were exported."""

from lxml import etree

FORMAT = "servicenow"

COMPONENTS = (
    "sys_hub_action_instance", "sys_hub_action_instance_v2", "sys_hub_flow_logic",
    "sys_hub_flow_logic_instance_v2", "sys_hub_sub_flow_instance", "sys_hub_sub_flow_instance_v2",
)
# Records that are one step each.
SINGLE = (
    "sys_script", "sysauto_script", "sysevent_script_action", "sysevent_in_email_action",
    "sys_rest_message_fn", "sys_soap_message_function", "sys_ws_operation", "sys_data_source",
    "sn_aia_agent_tool_m2m", "sys_pd_activity", "wf_activity", "wf_workflow_instance",
    "sysrule_assignment", "sysrule_approvals", "sys_decision_question",
)
# Actions of the platform by which a person is asked or given work.
HUMAN_ACTIONS = {
    "ask for approval", "create task", "create catalog task", "wait for condition",
    "wait for email reply",
}
# Actions that reach nothing.
SILENT_ACTIONS = {"log"}


def parse(data):
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, huge_tree=True, recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def records(root, depth=0):
    """Records in force, those inside payloads included."""
    for element in root:
        if not isinstance(element.tag, str) or not len(element):
            continue
        if (element.get("action") or "").lower() in ("delete", "delete_multiple", "update_multiple"):
            continue
        if element.tag == "sys_update_version":
            continue
        if element.tag == "sys_update_xml":
            if (element.findtext("action") or "").strip().lower() == "delete" or depth > 3:
                continue
            payload = (element.findtext("payload") or "").strip()
            inner = parse(payload.encode()) if payload else None
            if inner is not None:
                yield from records(inner, depth + 1)
            continue
        yield element


def text(record, field):
    return (record.findtext(field) or "").strip()


def shown(record, field):
    element = record.find(field)
    return "" if element is None else (element.get("display_value") or "").strip()


def counts(path, data):
    """Steps, calls and human steps; None for anything but an export of ServiceNow."""
    root = parse(data)
    if root is None or root.tag not in ("unload", "record_update"):
        return None
    unique = {}
    for record in records(root):
        key = (record.tag, text(record, "sys_id") or id(record))
        if key in unique and (record.get("action") or "").lower() == "update":
            continue
        unique[key] = record
    tables = {}
    for record in unique.values():
        tables.setdefault(record.tag, []).append(record)

    steps = calls = human = 0
    # A flow has its steps twice, once more in its snapshot; only those of the flow count.
    flows = {text(record, "sys_id") for record in tables.get("sys_hub_flow", [])}
    for table in COMPONENTS:
        for record in tables.get(table, []):
            if text(record, "flow") not in flows:
                continue
            steps += 1
            kind = shown(record, "action_type").lower()
            if table.startswith("sys_hub_sub_flow"):
                calls += 1
            elif table.startswith("sys_hub_action"):
                calls += kind not in SILENT_ACTIONS
                human += kind in HUMAN_ACTIONS
    # The same holds for actions and the versions of workflows.
    actions = {text(r, "sys_id") for r in tables.get("sys_hub_action_type_definition", [])}
    steps += sum(text(r, "action") in actions for r in tables.get("sys_hub_step_instance", []))
    for table in SINGLE:
        for record in tables.get(table, []):
            # A file that a person has attached to the record is no step of anything.
            if table == "sys_data_source" and text(record, "type").lower() in ("", "file"):
                if text(record, "file_retrieval_method").lower() == "attachment":
                    continue
            if table in ("sys_ws_operation", "sn_aia_agent_tool_m2m"):
                if text(record, "active").lower() == "false":
                    continue
            steps += 1
            if table in ("sys_rest_message_fn", "sn_aia_agent_tool_m2m"):
                calls += 1
            human += table == "sysrule_approvals"
            if table == "wf_activity":
                kind = shown(record, "activity_definition").lower()
                human += kind.startswith("approval -") or kind in (
                    "catalog task", "create task", "user input", "manual approvals",
                    "approval coordinator")
    return {"steps": steps, "calls": calls, "human": human}
