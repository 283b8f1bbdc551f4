/// A record as ServiceNow exports it, of fields in order; values are put in as they are.
func serviceNowRecord(
  _ table: String, _ id: String, action: String = "INSERT_OR_UPDATE",
  _ fields: KeyValuePairs<String, String>
) -> String {
  let inner = fields.map { name, value in
    // `display|value` is a reference.
    let parts = value.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2
      ? "<\(name) display_value=\"\(parts[0])\">\(parts[1])</\(name)>"
      : "<\(name)>\(value)</\(name)>"
  }.joined(separator: "\n")
  return "<\(table) action=\"\(action)\">\n\(inner)\n<sys_id>\(id)</sys_id></\(table)>"
}

/// A record's file as source control has it.
func serviceNowFile(_ table: String, _ records: String...) -> String {
  "<?xml version=\"1.0\"?><record_update table=\"\(table)\">\n\(records.joined(separator: "\n"))\n</record_update>"
}

/// An update set whose changes carry the records as escaped text.
func serviceNowUpdateSet(_ payloads: String...) -> String {
  let changes = payloads.enumerated().map { index, payload in
    let escaped = payload.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return """
      <sys_update_xml action="INSERT_OR_UPDATE"><action>INSERT_OR_UPDATE</action>
      <name>change_\(index)</name><payload>\(escaped)</payload></sys_update_xml>
      """
  }
  return """
    <?xml version="1.0"?><unload unload_date="2026-01-05 08:00:00">
    <sys_remote_update_set action="INSERT_OR_UPDATE"><name>Set</name><sys_id>s</sys_id>
    </sys_remote_update_set>
    \(changes.joined(separator: "\n"))
    </unload>
    """
}

/// A flow with a trigger, an approval, a branch, a task, a subflow and its copy in a snapshot.
let serviceNowFlow: String = {
  func step(_ table: String, _ id: String, _ order: String, _ more: KeyValuePairs<String, String>)
    -> String
  {
    let own = serviceNowRecord(table, id, more)
    let fields = "<flow display_value=\"Handle outage\">f1</flow><order>\(order)</order>"
    let copy = fields.replacing(">f1<", with: ">snap<")
    return own.replacing("<sys_id>", with: "\(fields)<sys_id>")
      + serviceNowRecord(table, "\(id)copy", more).replacing("<sys_id>", with: "\(copy)<sys_id>")
  }
  return serviceNowFile(
    "sys_hub_flow",
    serviceNowRecord(
      "sys_hub_flow", "f1",
      [
        "name": "Handle outage", "internal_name": "handle_outage", "active": "true",
        "status": "published", "description": "&lt;p&gt;What to do&lt;/p&gt;", "run_as": "system",
        "run_with_roles": "itil", "sys_created_by": "kim", "master_snapshot": "snap",
        "sys_package": "Outages|x", "type": "flow",
      ]),
    "<sys_hub_action_instance_v2 action=\"delete_multiple\" query=\"flow=f1\"/>",
    step(
      "sys_hub_trigger_instance_v2", "t1", "",
      [
        "trigger_type": "record_create", "trigger_definition": "Created|d",
        "trigger_inputs": tableInput,
      ]),
    step("sys_hub_action_instance_v2", "a2", "2", ["action_type": "Ask For Approval|x"]),
    step(
      "sys_hub_action_instance_v2", "a1", "1",
      ["action_type": "Update Record|x", "comment": "Set to open", "values": tableInput]),
    step(
      "sys_hub_flow_logic_instance_v2", "l3", "3",
      ["logic_definition": "If|x", "ui_id": "u3", "values": conditionInput]),
    step(
      "sys_hub_action_instance_v2", "a4", "4",
      ["action_type": "Create Task|x", "parent_ui_id": "u3", "values": groupInput]),
    step("sys_hub_sub_flow_instance_v2", "s5", "5", ["subflow": "Tell everybody|x"]),
    step("sys_hub_action_instance_v2", "a6", "6", ["action_type": "Post to Slack|x"]),
    step(
      "sys_hub_flow_logic_instance_v2", "c7", "7", ["logic_definition": "Catch|x", "ui_id": "u7"]),
    step(
      "sys_hub_action_instance_v2", "a8", "8", ["action_type": "Log|x", "parent_ui_id": "u7"]),
    serviceNowRecord(
      "sys_hub_flow_snapshot", "snap", ["parent_flow": "f1", "name": "Handle outage"]))
}()

/// `[{"name": "table_name", "value": "incident"}]`, packed as ServiceNow packs it.
private let tableInput =
  "H4sIAAAAAAACA4uuVspLzE1VslIqSUzKSY0Hc3SUyhJzSkGCmXnJmSmpeSVAoZTM4oKcxMowqIwnTKY2"
  + "FgB8QbxvRAAAAA=="
/// A new record whose assignment group is Network.
private let groupInput =
  "H4sIAAAAAAACA02NQQ6CMBBF7/LXXciWhCt4AUeb0Q7YUAphBowhvbsBF7r8L/nvXTZkHgQ1+OnbKCko"
  + "HFZOy87U2KSpbqwauzxINt/N4zI1GyFEnRK/CTXhLPYa557g6Ps96IlQUNx/wfiexB/7V4n5EcPuNtYe"
  + "5foB+hlEB5QAAAA="
/// The label `High impact`.
private let conditionInput =
  "H4sIAAAAAAACA6tWyswrKC0pVrKKrlbKS8xNVbJSSs7PS8ksyczPiwcL6CiVJeaUgiQ8MtMzFDJzCxKT"
  + "S5RqdTDVIymtrq6orbU1VKqNrQUAn3gNRGMAAAA="
