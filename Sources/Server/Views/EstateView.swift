import Auditing
import Facts
import Foundation
import IntegrationGraph
import Inventory
import Synchronization
import Workbench

/// The estate of a workspace as it is now, kept until the inventory changes.
///
/// A study that runs writes into the same file about once a second; that changes nothing here.
actor EstateDesk {
  private let workspace: String
  private var estate: Held<EstateView>?
  private var report: Held<WorkspaceAudit>?
  private var joined: Held<[String: [SystemMatch.Statement]]>?
  private var mark: (file: FileMark, inventory: String)?

  /// Something that was computed of one state of the workspace.
  private struct Held<Value: Sendable> {
    var stamp: String
    var value: Task<Value, any Error>
  }

  /// Creates a desk.
  init(workspace: String) { self.workspace = workspace }

  /// Whether anything has been imported.
  nonisolated var isThere: Bool { FileManager.default.fileExists(atPath: workspace) }

  /// What changes with the inventory.
  ///
  /// - Throws: what the verb throws, as where the workspace is damaged.
  func stamp() throws -> String {
    let file = FileMark(ofDatabase: workspace)
    if let mark, mark.file == file { return mark.inventory }
    let inventory = "\(file.inode) \(try inventoryMark(ofWorkspace: workspace))"
    mark = (file, inventory)
    return inventory
  }

  /// What changes with the inventory, the waivers, the answers, the state kept and the day: with what an audit says.
  func auditStamp() throws -> String {
    let waivers = FileMark(ofFile: WorkspaceFolder(ofWorkspace: workspace).waivers.path)
    let answers = FileMark(
      ofFile: WorkspaceFolder(ofWorkspace: workspace).questionnaire(.readiness).path)
    let baseline = FileMark(ofFile: WorkspaceFolder(ofWorkspace: workspace).baseline.path)
    return "\(try stamp()) \(waivers) \(answers) \(baseline) \(dayOfToday().number)"
  }

  /// Computes what the pages need before they are asked for; what fails will be said when they are.
  func prepare() async {
    guard isThere else { return }
    async let seen = try? self.view()
    async let audited = try? self.audit()
    async let joined = try? self.matches()
    _ = await (seen, audited, joined)
  }

  /// The estate.
  ///
  /// - Throws: what the verb throws, as where there is no workspace or it is damaged.
  func view() async throws -> EstateView {
    let stamp = try stamp()
    if let estate, estate.stamp == stamp { return try await value(estate) { self.estate = nil } }
    let workspace = workspace
    let held = Held(
      stamp: stamp,
      value: Task {
        try await onThread { () throws -> EstateView in
          EstateView(try Workbench.estate(inWorkspace: workspace))
        }
      })
    estate = held
    return try await value(held) { self.estate = nil }
  }

  /// By what statements each system was taken for one, by name.
  func matches() async throws -> [String: [SystemMatch.Statement]] {
    let stamp = try stamp()
    if let joined, joined.stamp == stamp { return try await value(joined) { self.joined = nil } }
    let workspace = workspace
    let held = Held(
      stamp: stamp,
      value: Task {
        try await onThread { () throws -> [String: [SystemMatch.Statement]] in
          let all = try Workbench.matches(inWorkspace: workspace).systems
          return Dictionary(
            all.map { ($0.system, $0.statements) }, uniquingKeysWith: { first, _ in first })
        }
      })
    joined = held
    return try await value(held) { self.joined = nil }
  }

  /// The audit, with the waivers of the workspace, beside the state that was kept.
  func audit() async throws -> WorkspaceAudit {
    let stamp = try auditStamp()
    if let report, report.stamp == stamp { return try await value(report) { self.report = nil } }
    let workspace = workspace
    let held = Held(
      stamp: stamp,
      value: Task {
        try await onThread { () throws -> WorkspaceAudit in
          var request = AuditRequest()
          request.today = dayOfToday()
          let kept = KeptBaseline(ofWorkspace: workspace)
          request.baseline = kept?.path
          var audit = try Workbench.audit(workspace: workspace, as: request)
          if let kept { audit.report.comparison?.baseline = "the state kept on \(kept.day)" }
          return audit
        }
      })
    report = held
    return try await value(held) { self.report = nil }
  }

  /// What was computed; a failure is not kept.
  private func value<Value: Sendable>(
    _ held: Held<Value>, forget: () -> Void
  ) async throws -> Value {
    do {
      return try await held.value.value
    } catch {
      forget()
      throw error
    }
  }
}

/// The day by the machine's clock, in UTC, as on the command line.
func dayOfToday() -> CalendarDay {
  CalendarDay(number: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
}

/// What tells one state of a file from the next.
private struct FileMark: Hashable, Sendable, CustomStringConvertible {
  private var parts: [Int64]

  /// Which file it is; 0 where there is none.
  var inode: Int64 { parts.first ?? 0 }

  var description: String { parts.map(String.init).joined(separator: "/") }

  /// The state of an SQLite file: its inode and the counter of changes that its header holds.
  init(ofDatabase path: String) {
    guard let inode = wholeNumber(Self.attributes(path)[.systemFileNumber]),
      let file = FileHandle(forReadingAtPath: path)
    else {
      parts = []
      return
    }
    defer { try? file.close() }
    // Bytes 24 to 27 count the transactions: https://www.sqlite.org/fileformat.html, 1.3.7.
    let head = (try? file.read(upToCount: 28)) ?? Data()
    let counter = head.dropFirst(24).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    parts = [inode, counter]
  }

  /// The state of a file that is always written as a whole.
  init(ofFile path: String) {
    let attributes = Self.attributes(path)
    guard let inode = wholeNumber(attributes[.systemFileNumber]),
      let size = wholeNumber(attributes[.size]),
      let changed = attributes[.modificationDate] as? Date
    else {
      parts = []
      return
    }
    let time = Int64((changed.timeIntervalSinceReferenceDate * 1e6).rounded())
    parts = [inode, size, time]
  }

  private static func attributes(_ path: String) -> [FileAttributeKey: Any] {
    (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
  }
}

/// An attribute of a file that is a number, of whatever type Foundation gives it.
func wholeNumber(_ attribute: Any?) -> Int64? {
  if let number = attribute as? any BinaryInteger { return Int64(truncatingIfNeeded: number) }
  return (attribute as? NSNumber)?.int64Value
}

/// An estate with what the pages need of it, computed once.
struct EstateView: Sendable {
  /// The estate.
  let estate: Estate
  /// The same as a graph.
  let graph: IntegrationGraph
  /// How much is known of each audit field.
  let completeness: Completeness
  /// One row for each system, in the order of the estate.
  let rows: [SystemRow]
  /// Product names and the number of systems of each, most frequent first.
  let technologies: [(name: String, count: Int)]

  /// Computes the view of an estate.
  init(_ estate: Estate) {
    self.estate = estate
    graph = IntegrationGraph(estate)
    // One cheap check: the completeness is of all systems whatever is checked.
    var policy = AuditPolicy()
    policy.options.checks = AuditCheck.all.prefix(1).map(\.id)
    let report = Auditing.audit(
      estate: estate, graph: graph, policy: policy)
    completeness = report.completeness
    let known = Dictionary(
      report.completeness.systems.map { ($0.system.key, $0.known) },
      uniquingKeysWith: { first, _ in first })
    rows = estate.systems.map { SystemRow($0, known: known[$0.key] ?? 0) }
    technologies = Dictionary(
      rows.map { ($0.technology ?? "unknown", 1) }, uniquingKeysWith: +
    ).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
