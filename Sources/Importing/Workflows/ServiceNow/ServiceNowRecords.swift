import DocumentReading
import Facts
import Inventory

/// A record of a table, as every export of ServiceNow writes it.
struct ServiceNowRecord {
  let table: String
  /// The record; a later one that changes some fields of it comes first.
  var elements: [XMLElement]
  /// Where it stands; for a record inside a payload the place of the payload.
  let place: SourceLocation

  /// A field as the export has it.
  func field(_ name: String) -> XMLElement? {
    for element in elements {
      if let field = element.first(name) { return field }
    }
    return nil
  }

  /// Value of a field; `nil` where it is empty.
  func value(_ field: String) -> String? { self.field(field)?.text.trimmedOrNil }

  /// What a reference shows to people; `nil` where the export has none.
  func display(_ field: String) -> String? {
    self.field(field)?["display_value"]?.trimmedOrNil
  }

  /// Name of the application that the record belongs to, such as `x_acme_claims`.
  var scope: String? { field("sys_package")?["source"]?.trimmedOrNil }

  /// What a reference shows, else its value.
  func shown(_ field: String) -> String? { display(field) ?? value(field) }

  /// Identifier of the record.
  var id: String { value("sys_id") ?? "" }

  /// Whether a field says `true`; `nil` where it says nothing.
  func flag(_ field: String) -> Bool? {
    switch value(field)?.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  /// Evidence of the place of the record, or of one of its fields.
  func evidence(note: String? = nil) -> Evidence { Evidence(.imported, place, note: note) }
}

/// The records of one file, those inside payloads included.
struct ServiceNowRecords {
  private(set) var all: [ServiceNowRecord] = []
  private(set) var problems: [ImportProblem] = []
  /// Records that the file deletes.
  private(set) var deleted = 0
  private var positions: [String: Int] = [:]
  private var byTable: [String: [ServiceNowRecord]] = [:]
  private let path: String
  private let limits: DocumentLimits

  init(_ root: XMLElement, path: String, limits: DocumentLimits) {
    self.path = path
    self.limits = limits
    add(root, at: nil, depth: 0)
    byTable = Dictionary(grouping: all, by: \.table)
  }

  /// Records of some tables: table by table, in the order of the file.
  func of(_ tables: [String]) -> [ServiceNowRecord] { tables.flatMap { byTable[$0] ?? [] } }

  private mutating func add(_ root: XMLElement, at place: SourceLocation?, depth: Int) {
    for element in root.children {
      switch element["action"]?.lowercased() {
      // These clean up before the records that follow and hold none themselves.
      case "delete_multiple", "update_multiple": continue
      case "delete":
        if !element.children.isEmpty { deleted += 1 }
        continue
      default: break
      }
      switch element.name {
      case "sys_update_version": continue  // An older version of a record that is there itself.
      case "sys_update_xml", "record": addPayload(of: element, at: place, depth: depth)
      default: addRecord(element, at: place)
      }
    }
  }

  private mutating func addRecord(_ element: XMLElement, at place: SourceLocation?) {
    guard !element.children.isEmpty else { return }
    var here = place ?? element.location
    let record = ServiceNowRecord(table: element.name, elements: [element], place: here)
    let name = record.value("name") ?? record.value("sys_name") ?? record.id
    here.element = "\(element.name) \(name)"
    let placed = ServiceNowRecord(table: element.name, elements: [element], place: here)
    guard let id = record.value("sys_id") else {
      all.append(placed)
      return
    }
    // The same record may stand in a file more than once; what comes later is newer. An update holds
    // only the fields that it changes.
    let key = "\(element.name) \(id)"
    if let position = positions[key] {
      if element["action"]?.lowercased() == "update" {
        all[position].elements.insert(element, at: 0)
      } else {
        all[position] = placed
      }
    } else {
      positions[key] = all.count
      all.append(placed)
    }
  }

  /// A change of an update set: its record stands in it as a text, which is XML again.
  private mutating func addPayload(
    of element: XMLElement, at place: SourceLocation?, depth: Int
  ) {
    let name = element.first("name")?.text.trimmedOrNil ?? element.name
    if element.first("action")?.text.trimmedOrNil?.lowercased() == "delete" {
      deleted += 1
      return
    }
    var here = place ?? element.location
    here.element = name
    guard let payload = element.first("payload") else { return }
    // Some tools do not escape it.
    if !payload.children.isEmpty {
      for root in payload.children where root.name == "record_update" || root.name == "unload" {
        add(root, at: here, depth: depth + 1)
      }
      return
    }
    guard let text = payload.text.trimmedOrNil else { return }
    guard depth < 3 else {
      problems.append(
        ImportProblem(
          .medium, "the payload of '\(name)' lies inside \(depth) others and was not opened",
          at: here))
      return
    }
    do {
      let root = try parseXML(Array(text.utf8), path: path, limits: limits)
      add(root, at: here, depth: depth + 1)
    } catch {
      problems.append(
        ImportProblem(
          .medium, "the payload of '\(name)' cannot be read: \(error.message)", at: here))
    }
  }
}

/// Records of one application by what refers to them.
struct ServiceNowIndex {
  private var byID: [String: ServiceNowRecord] = [:]
  private var byField: [String: [ServiceNowRecord]] = [:]

  /// Fields by which records are found from the one they belong to.
  private static let owners: [String: [String]] = [
    "sys_variable_value": ["document_key"], "sys_hub_step_instance": ["action"],
    "sn_aia_team_member": ["team"], "sn_aia_agent_config": ["agent"],
    "sys_hub_flow_snapshot": ["parent_flow"], "sys_rest_message_fn": ["rest_message"],
    "sys_soap_message_function": ["soap_message"], "sys_decision_question": ["decision_table"],
  ]

  init(_ records: [ServiceNowRecord]) {
    for record in records {
      if !record.id.isEmpty { byID["\(record.table) \(record.id)"] = record }
      for field in Self.owners[record.table] ?? [] {
        guard let owner = record.value(field) else { continue }
        byField["\(record.table) \(owner)", default: []].append(record)
      }
    }
  }

  /// The record of a table; `nil` where it is not among the files.
  func record(_ table: String, _ id: String?) -> ServiceNowRecord? {
    id.flatMap { byID["\(table) \($0)"] }
  }

  /// Records of a table that belong to a record.
  func records(_ table: String, of owner: String) -> [ServiceNowRecord] {
    byField["\(table) \(owner)"] ?? []
  }

  /// Functions of an outbound message.
  func records(ofMessage id: String) -> [ServiceNowRecord] {
    records("sys_rest_message_fn", of: id) + records("sys_soap_message_function", of: id)
  }
}
