import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Lists of UiPath Orchestrator: CSV as its user interface and its PowerShell provider export them,
  /// and answers of its OData interface as JSON.
  static let uiPathOrchestrator = ImportFormat(
    id: "uipath-orchestrator", title: "UiPath Orchestrator export",
    sniff: { file in isOrchestratorList(file) ? .part : nil },
    read: { group in
      var readings: [FileReading] = []
      var tables: [OrchestratorTable] = []
      for file in group.files {
        do throws(DocumentError) {
          if let table = try OrchestratorTable(file) {
            tables.append(table)
          } else {
            readings.append(FileReading(path: file.path))
          }
        } catch {
          var failure = FileReading(path: file.path)
          failure.hasFailed = true
          failure.problems = [ImportProblem(error)]
          readings.append(failure)
        }
      }
      let tenant = OrchestratorTenant(tables)
      return readings + tables.map { tenant.reading(of: $0) }
    })
}

/// Whether a file is a list of Orchestrator, by its header or its first records.
func isOrchestratorList(_ file: CandidateFile) -> Bool {
  guard let first = file.firstByte, first != UInt8(ascii: "<"),
    !file.bytes.starts(with: [0x50, 0x4B])
  else { return false }
  if first == UInt8(ascii: "{") {
    guard
      file.contains("\"value\"") || file.contains("@odata.context")
        || file.contains("\"commitType\""), let document = file.jsonObject
    else { return false }
    return OrchestratorEntity(document) != nil
  }
  if first == UInt8(ascii: "[") {
    // Other products' lists of objects are many; only these members are worth a look.
    let telling = [
      "ReleaseName", "ProcessKey", "QueueDefinitionId", "MaxNumberOfRetries", "StartProcessCron",
      "UnattendedSlots", "TaskCatalogName", "CredentialUsername",
    ]
    guard telling.contains(where: { file.contains("\"\($0)\"") }), let document = try? file.json()
    else { return false }
    return OrchestratorEntity(document) != nil
  }
  guard let header = csvHeader(file) else { return false }
  return OrchestratorEntity(columns: Set(OrchestratorColumns(header.fields).positions.keys)) != nil
}

/// What the lists of one tenant say together: which queue an identifier is, and who works it off.
struct OrchestratorTenant {
  /// Under which name Orchestrator itself stands in the estate.
  static let name = "UiPath Orchestrator"

  /// Names of queues by their identifiers.
  private(set) var queueNames: [String: String] = [:]
  /// Names of processes by their identifiers and keys.
  private(set) var processNames: [String: String] = [:]
  /// Processes that work off a queue, by its `nameKey`; only where exactly one does.
  private(set) var consumers: [String: String] = [:]
  /// Processes of which jobs are listed.
  private(set) var withJobs: Set<String> = []

  init(_ tables: [OrchestratorTable]) {
    var candidates: [String: Set<String>] = [:]
    for table in tables {
      for row in table.rows {
        switch table.entity {
        case .queues:
          if let id = row["id"], let name = row["name"] { queueNames[id] = name }
        case .processes:
          for id in [row["key"], row["id"]] {
            if let id, let name = row["name"] { processNames[id.lowercased()] = name }
          }
        case .jobs:
          if let process = row.process { withJobs.insert(nameKey(process)) }
        default: break
        }
      }
    }
    for table in tables where table.entity == .queues || table.entity == .triggers {
      for row in table.rows {
        let queue = table.entity == .queues ? row["name"] : self.queue(of: row)
        if let queue, let process = process(of: row) {
          candidates[nameKey(queue), default: []].insert(process)
        }
      }
    }
    consumers = candidates.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// The process that a row speaks of, by name or identifier.
  func process(of row: OrchestratorRow) -> String? {
    if let name = row.process { return processNames[name.lowercased()] ?? name }
    return row["releasekey", "releaseid"].flatMap { processNames[$0.lowercased()] }
  }

  /// The queue that a row speaks of.
  func queue(of row: OrchestratorRow) -> String? {
    if let name = row["queuedefinitionname", "queuename", "queue"] { return name }
    return row["queuedefinitionid"].map { queueNames[$0] ?? "Queue \($0)" }
  }

  /// What one list says.
  func reading(of table: OrchestratorTable) -> FileReading {
    switch table.entity {
    case .jobs, .queueItems, .tasks, .logs: OrchestratorRecords(table, self).reading()
    default: OrchestratorDefinitions(table, self).reading()
    }
  }
}
