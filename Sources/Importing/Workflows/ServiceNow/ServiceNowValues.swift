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
      if let node = Self.json(text, record.place.path, limits) {
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

  /// JSON as it is, or compressed and in base 64.
  private static func json(_ text: String, _ path: String, _ limits: DocumentLimits) -> DataNode? {
    var limits = limits
    limits.expandedBytes = min(limits.expandedBytes, 16 << 20)
    var bytes = Array(text.utf8)
    if text.hasPrefix("H4sI") {
      guard let packed = decodedBase64(bytes),
        let expanded = try? expandGzip(packed, path: path, limits: limits)
      else { return nil }
      bytes = expanded
    }
    return try? parseJSON(bytes, path: path, limits: limits)
  }
}

/// The bytes that a text in base 64 stands for (RFC 4648); `nil` where it is none.
func decodedBase64(_ text: [UInt8]) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 4 * 3)
  var bits: UInt32 = 0
  var count = 0
  for character in text {
    let digit: UInt8
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
    case UInt8(ascii: "="), 0x09, 0x0A, 0x0D, 0x20: continue
    default: return nil
    }
    bits = bits << 6 | UInt32(digit)
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return bytes
}
