import DocumentReading
import Foundation
import Simulation

// An object-centric event log, OCEL 2.0 as JSON (Berti, Koren, Adams et al., *OCEL 2.0 Specification*,
// 2023, arXiv 2403.01975, §5). Objects are cases, persons, agents, teams, applications and tickets. It is
// made of the rows of the log as CSV, replication by replication; they are gone through twice, once for
// the events and once for the cases and tickets.

/// Writes an object-centric log of the rows of logs as CSV.
struct ObjectCentricLog {
  private let stack: StackModel
  private let touched: [String: (byHand: [String], byRuns: [String])]
  private let activityNames: [String]
  private let encoder: JSONEncoder

  /// - Parameter model: of the variant that the log is of.
  init(of model: SimulationModel) {
    stack = model.stack
    func names(_ touches: [TouchModel]) -> [String] {
      Set(touches.map(\.application)).sorted().map { model.stack.applications[$0].name }
    }
    var touched: [String: (byHand: [String], byRuns: [String])] = [:]
    for (index, activity) in model.stack.activities.enumerated() {
      let own = activity.automation.map { model.stack.automations[$0].touches } ?? []
      touched[model.flow.activityID(index)] = (
        names(activity.touches), names(activity.touches + own)
      )
    }
    self.touched = touched
    let errands = [model.runInStack, model.stack].compactMap(\.self).flatMap(\.errands)
    var types: [String] = []
    for name in model.flow.activities.map({ node in
      model.flow.elementNames[Int(node)] ?? model.flow.elementIDs[Int(node)]
    }) + model.stack.guardrails.map(\.name) + errands.map(\.name) where !types.contains(name) {
      types.append(name)
    }
    activityNames = types
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  // MARK: What is written

  private struct Link: Encodable {
    var objectId: String
    var qualifier: String
  }

  private struct Attribute: Encodable {
    var name: String
    var value: String
    var time: String?
  }

  private struct TypedAttribute: Encodable {
    var name: String
    var type: String
  }

  private struct ObjectOrEventType: Encodable {
    var name: String
    var attributes: [TypedAttribute]
  }

  /// An event has a time, an object none.
  private struct Item: Encodable {
    var id: String
    var type: String
    var time: String?
    var attributes: [Attribute] = []
    var relationships: [Link] = []
  }

  /// A row of the log as CSV.
  private struct Row {
    var caseID: String
    var activity: String
    var activityID: String
    var kind: String
    var attempt: String
    var resource: String
    var team: String
    var enabled: String
    var started: String
    var finished: String

    init?(_ row: CSVRow, skipping first: Int) {
      let fields = row.fields.dropFirst(first).map(\.self)
      guard fields.count == EventLogFormat.columns.count else { return nil }
      caseID = fields[0]
      activity = fields[1]
      activityID = fields[2]
      kind = fields[3]
      attempt = fields[4]
      resource = fields[5]
      team = fields[6]
      enabled = fields[7]
      started = fields[8]
      finished = fields[9]
    }
  }

  /// Writes the whole log.
  ///
  /// - Parameters:
  ///   - parts: the rows of each replication, the first with its head.
  ///   - hasSeveral: whether rows begin with the number of the replication.
  ///   - write: takes the text as it comes.
  func write(parts: [URL], hasSeveral: Bool, _ write: @escaping (Data) throws -> Void) throws {
    let eventTypes = activityNames.map {
      ObjectOrEventType(
        name: $0,
        attributes: [
          TypedAttribute(name: "attempt", type: "integer"),
          TypedAttribute(name: "enabled", type: "time"),
          TypedAttribute(name: "kind", type: "string"),
          TypedAttribute(name: "started", type: "time"),
        ])
    }
    let objectTypes = ["agent", "application", "case", "person", "team", "ticket"].map { name in
      ObjectOrEventType(
        name: name,
        attributes: name == "ticket" ? [TypedAttribute(name: "guardrail", type: "string")] : [])
    }
    var list = ItemList(write: write)
    try list.open("{\"objectTypes\":[")
    for type in objectTypes { try list.add(try encoder.encode(type)) }
    try list.open("],\n\"eventTypes\":[")
    for type in eventTypes { try list.add(try encoder.encode(type)) }
    try list.open("],\n\"events\":[")
    var count = 0
    try forEachRow(of: parts, hasSeveral: hasSeveral) { row, ticket in
      count += 1
      try list.add(try encoder.encode(event(row, number: count, ticket: ticket)))
    }
    try list.open("],\n\"objects\":[")
    for item in resources { try list.add(try encoder.encode(item)) }
    var known: Set<String> = []
    var people: Set<String> = []
    try forEachRow(of: parts, hasSeveral: hasSeveral) { row, ticket in
      if known.insert(row.caseID).inserted {
        try list.add(try encoder.encode(Item(id: "case \(row.caseID)", type: "case")))
      }
      // Who is hired or borrowed during a run is known by the work they did.
      if !row.team.isEmpty, people.insert(row.resource).inserted {
        let link = Link(objectId: "team \(row.team)", qualifier: "member of")
        try list.add(
          try encoder.encode(
            Item(id: "person \(row.resource)", type: "person", relationships: [link])))
      }
      guard let ticket else { return }
      let attribute = Attribute(name: "guardrail", value: row.activity, time: row.enabled)
      let link = Link(objectId: "case \(row.caseID)", qualifier: "of case")
      try list.add(
        try encoder.encode(
          Item(id: ticket, type: "ticket", attributes: [attribute], relationships: [link])))
    }
    try list.open("]}\n")
    try list.flush()
  }

  /// A list of JSON whose items stand one a line.
  private struct ItemList {
    let write: (Data) throws -> Void
    private var text = Data()
    private var isEmpty = true

    init(write: @escaping (Data) throws -> Void) { self.write = write }

    mutating func open(_ lead: String) throws {
      text.append(Data(lead.utf8))
      isEmpty = true
    }

    mutating func add(_ item: Data) throws {
      text.append(Data((isEmpty ? "\n" : ",\n").utf8))
      text.append(item)
      isEmpty = false
      if text.count > 1 << 20 { try flush() }
    }

    mutating func flush() throws {
      try write(text)
      text.removeAll(keepingCapacity: true)
    }
  }

  /// Goes through all rows with the id of the ticket that each answers, if any.
  private func forEachRow(
    of parts: [URL], hasSeveral: Bool, _ body: (Row, String?) throws -> Void
  ) throws {
    let limits = DocumentLimits(bytes: 1 << 36, nodes: .max)
    for (index, part) in parts.enumerated() {
      var reader = try CSVReader(
        try DocumentReader.read(file: part.path, shownAs: part.lastPathComponent, limits: limits),
        path: part.lastPathComponent, delimiter: ",", limits: limits)
      if index == 0 { _ = try reader.next() }
      var tickets: [String: Int] = [:]
      while let record = try reader.next() {
        guard let row = Row(record, skipping: hasSeveral ? 1 : 0) else {
          throw WorkbenchError.internalFault("a row of the log has not the columns of the log")
        }
        var ticket: String?
        if row.kind == "\(ObservedWork.ticket)" {
          tickets[row.caseID, default: 0] += 1
          ticket = "ticket \(row.caseID)-\(tickets[row.caseID] ?? 0)"
        }
        try body(row, ticket)
      }
    }
  }

  private func event(_ row: Row, number: Int, ticket: String?) -> Item {
    var links = [Link(objectId: "case \(row.caseID)", qualifier: "of case")]
    if row.team.isEmpty {
      links.append(Link(objectId: "agent \(row.resource)", qualifier: "done by"))
    } else {
      links.append(Link(objectId: "person \(row.resource)", qualifier: "done by"))
      links.append(Link(objectId: "team \(row.team)", qualifier: "done by team"))
    }
    if let ticket { links.append(Link(objectId: ticket, qualifier: "answers")) }
    if ["task", "exception", "run"].contains(row.kind), let touches = touched[row.activityID] {
      for name in row.kind == "run" ? touches.byRuns : touches.byHand {
        links.append(Link(objectId: "application \(name)", qualifier: "uses"))
      }
    }
    return Item(
      id: "event \(number)", type: row.activity, time: row.finished,
      attributes: [
        Attribute(name: "attempt", value: row.attempt),
        Attribute(name: "enabled", value: row.enabled),
        Attribute(name: "kind", value: row.kind), Attribute(name: "started", value: row.started),
      ], relationships: links)
  }

  /// Objects that there are whatever happens: applications, teams, and agents with what they use.
  private var resources: [Item] {
    var items = stack.applications.map { Item(id: "application \($0.name)", type: "application") }
    items += stack.teams.map { Item(id: "team \($0.name)", type: "team") }
    for (index, automation) in stack.automations.enumerated() {
      let activities = stack.activities.filter { $0.automation == index }
      let touches = activities.isEmpty ? [] : activities.flatMap(\.touches) + automation.touches
      let used = Set(touches.map(\.application)).sorted()
      items.append(
        Item(
          id: "agent \(automation.name)", type: "agent",
          relationships: used.map {
            Link(objectId: "application \(stack.applications[$0].name)", qualifier: "uses")
          }))
    }
    return items
  }
}
