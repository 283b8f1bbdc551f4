import DocumentReading
import Facts
import Inventory

/// What a step of Flow Designer is given.
struct ServiceNowInput {
  var name: String
  var value: String
  /// What people see for it.
  var display: String?
}

/// Inputs of a step: packed JSON since the London release, records of their own before.
struct ServiceNowInputs {
  private(set) var all: [ServiceNowInput] = []
  /// Whether they could not be unpacked.
  private(set) var isUnreadable = false

  init(_ record: ServiceNowRecord, index: ServiceNowIndex, limits: DocumentLimits) {
    for field in ["values", "trigger_inputs", "subflow_inputs"] {
      guard let text = record.value(field) else { continue }
      if let node = packedJSON(text, record.place.path, limits) {
        add(node)
      } else {
        isUnreadable = true
      }
    }
    for value in index.records("sys_variable_value", of: record.id) {
      guard let name = value.display("variable"), let text = value.value("value") else { continue }
      all.append(ServiceNowInput(name: Self.key(name), value: text))
    }
  }

  private static func key(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " ? "_" : $0 })
  }

  /// The first value of one of several names; pills (`{{…}}`) are computed and no value.
  func text(_ names: String...) -> String? {
    for name in names {
      for input in all where input.name == name {
        if let text = input.value.trimmedOrNil, !text.contains("{{") { return text }
      }
    }
    return nil
  }

  /// What people see for the first of several names that is set.
  func display(_ names: String...) -> String? {
    for name in names {
      for input in all where input.name == name {
        guard let text = (input.display ?? input.value).trimmedOrNil, !text.contains("{{") else {
          continue
        }
        return text
      }
    }
    return nil
  }

  /// The table that the step works on.
  var table: String? { text("table_name", "ah_table_name", "table", "task_table", "ah_table") }

  /// The group that fields of a new record assign it to.
  ///
  /// Fields are written `state=1^assignment_group={"display":"Network","value":"…"}`.
  var assignmentGroup: String? {
    if let group = display("assignment_group", "ah_assignment_group"), !isGUID(group) {
      return group.utf8.count == 32 ? nil : group
    }
    let mark = "assignment_group={\"display\":\""
    for input in all {
      guard let range = input.value.firstRange(of: mark) else { continue }
      return String(input.value[range.upperBound...].prefix { $0 != "\"" }).trimmedOrNil
    }
    return nil
  }

  private mutating func add(_ node: DataNode) {
    let items =
      node.array
      ?? ["inputs", "variables", "dynamicInputs", "workflowInputs", "decisionTableInputs"]
      .flatMap { node[$0]?.array ?? [] }
    for item in items {
      guard let name = item["name"]?.string else { continue }
      all.append(
        ServiceNowInput(
          name: name, value: item["value"]?.text ?? "", display: item["displayValue"]?.text))
    }
  }
}
