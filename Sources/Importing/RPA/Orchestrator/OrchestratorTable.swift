import DocumentReading
import Facts

/// A list that UiPath Orchestrator exports: what it lists, and its rows.
struct OrchestratorTable {
  /// What it lists.
  var entity: OrchestratorEntity
  /// Path as shown to people.
  var path: String
  /// Rows in their order.
  var rows: [OrchestratorRow]
  /// Address of the tenant, where the file names it.
  var tenant: String?

  /// Reads a file whole; `nil` where it is no list of Orchestrator.
  init?(_ file: CandidateFile) throws(DocumentError) {
    if let first = file.firstByte, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      let document = try file.json()
      guard let entity = OrchestratorEntity(document) else { return nil }
      self.entity = entity
      path = file.path
      tenant = document["@odata.context"]?.string.flatMap { context in
        context.components(before: "/odata/$metadata")
      }
      rows = Self.rows(of: document)
    } else {
      let table = try parseCSV(file.bytes, path: file.path, limits: file.limits)
      let columns = OrchestratorColumns(table.header)
      guard let entity = OrchestratorEntity(columns: Set(columns.positions.keys)) else {
        return nil
      }
      self.entity = entity
      path = file.path
      rows = table.rows.map { row in
        OrchestratorRow(
          columns: columns, cells: row.fields,
          place: SourceLocation(path: file.path, line: row.line))
      }
    }
  }

  private static func rows(of document: DataNode) -> [OrchestratorRow] {
    let names = OrchestratorColumns([])
    return orchestratorRecords(document).map { record in
      var cells: [String: String] = [:]
      OrchestratorColumns.flatten(record, into: &cells)
      return OrchestratorRow(columns: names, named: cells, place: record.location)
    }
  }
}

extension String {
  /// What stands before a part; `nil` where the part does not occur.
  fileprivate func components(before part: String) -> String? {
    ranges(of: part).first.map { String(self[..<$0.lowerBound]) }
  }
}

/// The records of a document: items of `value`, of the array itself, or the one object.
func orchestratorRecords(_ document: DataNode) -> [DataNode] {
  if let items = document.array { return items.filter { $0.object != nil } }
  if let items = (document["value"] ?? document["Value"])?.array {
    return items.filter { $0.object != nil }
  }
  return document["@odata.context"] == nil ? [] : [document]
}

/// Columns of a list, by their names in lower case without spaces and punctuation.
final class OrchestratorColumns {
  /// Positions of columns.
  let positions: [String: Int]

  init(_ header: [String]) {
    positions = Dictionary(
      header.enumerated().map { (Self.key($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// `Release Name`, `ReleaseName` and `release_name` are one column.
  static func key(_ header: String) -> String {
    header.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Members of a record and of the objects in it, so that `Release.Name` is `releasename`.
  ///
  /// What cases carry is left out: it is not needed and not for an inventory to keep.
  static func flatten(_ record: DataNode, into cells: inout [String: String]) {
    let left = [
      "specificcontent", "specificdata", "output", "outputdata", "analyticsdata", "inputarguments",
      "outputarguments", "data", "rawmessage",
    ]
    for member in record.object ?? [] {
      let key = key(member.key)
      if left.contains(key) {
        cells[key] = ""
      } else if let text = member.value.text {
        cells[key] = text
      } else if let inner = member.value.object {
        for part in inner {
          let name = key + Self.key(part.key)
          if cells[name] == nil, let text = part.value.text { cells[name] = text }
        }
      } else if let items = member.value.array {
        let names = items.compactMap {
          ($0["Name"] ?? $0["MachineName"] ?? $0["RobotUserName"])?.text
        }
        cells[key] = names.joined(separator: ";")
      } else if cells[key] == nil {
        cells[key] = ""
      }
    }
  }
}

/// One row of a list.
struct OrchestratorRow {
  private let columns: OrchestratorColumns
  private let cells: [String]
  private let named: [String: String]
  /// Where it stands.
  let place: SourceLocation

  init(
    columns: OrchestratorColumns, cells: [String] = [], named: [String: String] = [:],
    place: SourceLocation
  ) {
    self.columns = columns
    self.cells = cells
    self.named = named
    self.place = place
  }

  /// The first of several columns that has a value, trimmed.
  subscript(_ names: String...) -> String? {
    for name in names {
      if let text = named[name]?.trimmedOrNil { return text }
      if let position = columns.positions[name], cells.indices.contains(position),
        let text = cells[position].trimmedOrNil
      {
        return text
      }
    }
    return nil
  }

  /// Whether a column says yes; `nil` where it says nothing.
  func flag(_ name: String) -> Bool? {
    switch self[name]?.lowercased() {
    case "true", "1", "yes", "enabled": true
    case "false", "0", "no", "disabled": false
    default: nil
    }
  }

  /// The process that the row speaks of.
  var process: String? { self["releasename", "processname", "process", "release"] }
}

/// What a list of Orchestrator lists.
enum OrchestratorEntity: String {
  case processes, packages, triggers, apiTriggers, queues, queueItems, jobs, tasks, taskCatalogs
  case assets, credentials, machines, robots, logs, buckets
  /// Folders, users, roles, calendars, links: nothing of what runs.
  case administration
  /// Items that somebody uploads into a queue.
  case upload

  /// What a JSON document lists; `nil` where it is not from Orchestrator.
  init?(_ document: DataNode) {
    if document["queueItems"]?.array != nil, document["queueName"]?.string != nil,
      document["commitType"] != nil
    {
      self = .upload
      return
    }
    let context = document["@odata.context"]?.string
    let records = orchestratorRecords(document)
    guard !records.isEmpty else {
      let isOfUiPath = ["orchestrator", "uipath"].contains { context?.contains($0) ?? false }
      guard isOfUiPath else { return nil }
      self = .administration
      return
    }
    var cells: [String: String] = [:]
    for record in records.prefix(20) { OrchestratorColumns.flatten(record, into: &cells) }
    self.init(columns: Set(cells.keys), context: context)
  }

  /// What a list with these columns lists; `nil` where it is none of Orchestrator's.
  init?(columns: Set<String>, context: String? = nil) {
    func has(_ names: String...) -> Bool { names.allSatisfy(columns.contains) }
    func any(_ names: String...) -> Bool { names.contains(where: columns.contains) }
    let starts = any("starttime", "started", "startedabsolute", "startprocessing", "start")
    let process = any("releasename", "processname", "process", "release", "releasekey")
    let robot = any(
      "hostmachinename", "hostname", "hostidentity", "robot", "robotname", "machine", "machinename",
      "windowsidentity")
    if has("startprocesscron")
      || process && has("enabled", "name") && any("startstrategy", "queuedefinitionname")
    {
      self = .triggers
    } else if process, has("slug", "callingmode") {
      self = .apiTriggers
    } else if has("maxnumberofretries", "name") {
      self = .queues
    } else if has("status"),
      starts || any("startprocessing", "creationtime") || has("reviewstatus"),
      any("queuedefinitionid", "queuedefinitionname", "queuename")
        || has("reference") && any("retrynumber", "retryno", "revision", "reviewstatus", "deadline")
        || any("specificdata", "specificcontent") && any("retrynumber", "priority")
    {
      self = .queueItems
    } else if any("state", "status"), process, starts,
      robot
        || any(
          "sourcetype", "source", "releaseversionid", "batchexecutionkey", "startingscheduleid",
          "jobtype", "runtimetype", "organizationunitid", "jobpriority")
    {
      self = .jobs
    } else if any("timestamp", "time", "timestampabsolute"), has("level"), any("message", "jobkey"),
      any("processname", "process"), robot || has("jobkey")
    {
      self = .logs
    } else if has("title", "status"),
      any("taskcatalogname", "taskcatalog", "catalogname", "actioncatalog")
        || any("assignedtouser", "assignedtouserid") && any("completiontime", "lastassignedtime")
    {
      self = .tasks
    } else if has("processkey", "name") || has("name", "id", "version", "entrypoint") {
      self = .processes
    } else if has("id", "version"), any("title", "key"), any("published", "authors"),
      any("islatestversion", "isactive", "projecttype", "targetframework")
    {
      self = .packages
    } else if has("name", "valuetype"),
      any("value", "stringvalue", "credentialusername", "valuescope")
    {
      self = .assets
    } else if has("name"), any("credentialusername", "credentialpassword") {
      self = .credentials
    } else if has("name"), any("unattendedslots", "nonproductionslots", "propagatetosubfolders") {
      self = .machines
    } else if any("machinename", "robotenvironments"),
      any("robotenvironments", "hostingtype", "provisiontype", "unattendedrobot", "licensekey")
    {
      self = .robots
    } else if has("name", "storageprovider") {
      self = .buckets
    } else if columns.isSuperset(of: ["name", "description", "encrypted"]), columns.count <= 14,
      has("path") || context?.contains("#TaskCatalogs") ?? false
    {
      self = .taskCatalogs
    } else if has("path", "name", "contentjsonschema") || has("path", "username", "type")
      || has("path", "name", "link") || has("path", "name", "feedtype")
      || has("fullyqualifiedname", "displayname") || has("permissionname", "iseditable")
      || has("displayname", "permissions", "isstatic") || any("roleslist", "rolelist")
      || has("username", "tenancyname") || any("excludeddates") && has("name")
      || has("action", "component", "username", "executiontime")
      || ["orchestrator", "uipath"].contains(where: { context?.contains($0) ?? false })
    {
      self = .administration
    } else {
      return nil
    }
  }
}
