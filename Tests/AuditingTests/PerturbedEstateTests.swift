import EstateTestSupport
import Facts
import Foundation
import Importing
import IntegrationGraph
import Inventory
import ProcessModel
import Testing

@testable import Auditing

/// What is true of the sample estate must be true of estates that only differ from it in names and
/// places, and what is planted in it must be found wherever it is planted, and nothing else.
@Suite("the sample estate, perturbed")
struct PerturbedEstateTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "inventories/meridian-bank")
  private static let sample = Estate(merging: importFiles(at: [folder.path]).documents)
  private static let unperturbed = audited(sample)

  private static func audited(_ estate: Estate) -> [Finding] {
    audit(estate: estate, graph: IntegrationGraph(estate)).findings
  }

  /// The findings that must not be there without a reason.
  private static func grave(_ findings: [Finding]) -> [Finding] {
    findings.filter { $0.severity <= .high }
  }

  private static func counts(_ findings: [Finding]) -> [String: Int] {
    Dictionary(
      findings.map { ("\($0.severity.rawValue) \($0.check)", 1) }, uniquingKeysWith: +)
  }

  @Test(
    "renamed systems have the findings of the old names", arguments: 1...4 as ClosedRange<UInt64>)
  func renamed(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var change = Perturbation(Self.sample)
    let systems = Self.sample.systems.map(\.name).shuffled(using: &generator)
    var newNames: [String: String] = [:]
    for (number, name) in systems.prefix(seed == 1 ? systems.count : 12).enumerated() {
      let new = "Thing \(number * 7 + Int(seed))"
      newNames[nameKey(name)] = nameKey(new)
      change.rename(name, to: new)
    }
    let found = Self.audited(change.estate)
    #expect(Self.counts(found) == Self.counts(Self.unperturbed))
    func subjects(_ finding: Finding, renamed: Bool) -> String {
      let keys = finding.subjects.map { subject in
        subject.kind == .system && renamed ? newNames[subject.key] ?? subject.key : subject.key
      }
      return "\(finding.check): \(keys.sorted())"
    }
    #expect(
      Self.grave(found).map { subjects($0, renamed: false) }.sorted()
        == Self.grave(Self.unperturbed).map { subjects($0, renamed: true) }.sorted())
  }

  @Test("files in other folders give the same findings, at their new places")
  func moved() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "moved-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let parts = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0 != "README.md" }.sorted()
    for (number, part) in parts.enumerated() {
      let place = root.appending(path: "department \(number % 3)/\(number)/archive")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: Self.folder.appending(path: part), to: place.appending(path: part))
    }
    let found = Self.audited(Estate(merging: importFiles(at: [root.path]).documents))
    #expect(found.map(\.id).sorted() == Self.unperturbed.map(\.id).sorted())
    for finding in found {
      #expect(finding.evidence.allSatisfy { $0.location.path.hasPrefix("department ") })
    }
  }

  @Test(
    "a system taken out of the inventory becomes a ghost where others name it; nothing else appears",
    arguments: 1...8 as ClosedRange<UInt64>)
  func deleted(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var change = Perturbation(Self.sample)
    let gone = try #require(Self.sample.systems.randomElement(using: &generator)).name
    let wasNamed = Self.sample.connections.contains {
      $0.source == .system(gone) || $0.target == .system(gone)
    }
    change.delete(gone)
    let found = Self.audited(change.estate)
    let ghost = found.first {
      $0.check == AuditCheck.ghostReference.id && $0.subjects.first == .system(gone)
    }
    #expect((ghost != nil) == wasNamed, "\(gone)")
    let known = Set(Self.unperturbed.map(\.id))
    for finding in Self.grave(found) where !known.contains(finding.id) {
      #expect(finding.subjects.contains(.system(gone)), "\(finding.id)")
    }
  }

  @Test(
    "problems planted at random are found, and nothing else at high severity",
    arguments: 1...16 as ClosedRange<UInt64>)
  func planted(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var change = Perturbation(Self.sample)
    var expected: [Perturbation.Expected] = []
    var implied: Set<EntityReference> = []
    func isPlanted(_ subject: EntityReference) -> Bool {
      implied.contains(subject) || subject.name.hasPrefix(Perturbation.mark)
    }
    let kinds = Perturbation.Problem.allCases.shuffled(using: &generator).prefix(5)
    for kind in kinds {
      let result = change.plant(kind, &generator)
      expected.append(result)
      implied.formUnion(result.subjects)
    }
    // What a planted system works on has one more that needs it.
    for connection in change.estate.connections {
      let ends = [connection.source, connection.target]
      if ends.contains(where: { $0.name.hasPrefix(Perturbation.mark) }) { implied.formUnion(ends) }
    }
    let found = Self.audited(change.estate)
    for problem in expected {
      let finding = found.first { finding in
        finding.check == problem.check
          && Set(finding.subjects).isSuperset(of: problem.subjects)
      }
      #expect(finding != nil, "\(problem.check): \(problem.subjects.map(\.name))")
      #expect(finding?.evidence.isEmpty == false)
    }
    let known = Set(Self.unperturbed.map(\.id))
    for finding in Self.grave(found) where !known.contains(finding.id) {
      #expect(finding.subjects.contains(where: isPlanted), "\(finding.id): \(finding.why)")
    }
    // What was there before stays.
    let remaining = Set(found.map { "\($0.check) \($0.subjects[0].key)" })
    for finding in Self.grave(Self.unperturbed) {
      #expect(remaining.contains("\(finding.check) \(finding.subjects[0].key)"), "\(finding.id)")
    }
  }
}

/// An estate under change: everything it says as one fragment.
private struct Perturbation {
  /// What the names of all that is planted begin with.
  static let mark = "Qx"

  private var fragment = EstateFragment()
  private var line = 0
  private let inProduction: [AutomationSystem]

  init(_ estate: Estate) {
    fragment.systems = estate.systems
    fragment.applications = estate.applications
    fragment.teams = estate.teams
    fragment.connections = estate.connections
    fragment.steps = estate.steps
    fragment.touchPoints = estate.touchPoints
    fragment.triggers = estate.triggers
    fragment.guardrails = estate.guardrails
    fragment.permissions = estate.permissions
    fragment.credentials = estate.credentials
    fragment.processes = estate.processes
    fragment.decisions = estate.decisions
    let named = Set(estate.connections.flatMap { [$0.source, $0.target] })
    inProduction = estate.systems.filter {
      $0.status.value == .production && named.contains(.system($0.name)) && $0.team.isKnown
    }
  }

  var estate: Estate {
    Estate(merging: [
      SourceDocument(
        path: "perturbed", format: "test", status: .imported, digest: "", fragment: fragment)
    ])
  }

  mutating func rename(_ old: String, to new: String) {
    fragment.rename(system: old, to: new)
    for index in fragment.systems.indices where fragment.systems[index].name == new {
      fragment.systems[index].aliases = []
    }
  }

  mutating func delete(_ name: String) {
    fragment.systems.removeAll { $0.key == nameKey(name) }
  }

  /// Problems that can be planted.
  enum Problem: CaseIterable {
    case neverRuns, ghost, ownerGap, approvals, conflict, copy, manyDependents, dataCrossing
    case carrying, incomplete, manyAutomations, contradiction
  }

  /// What must be found.
  struct Expected {
    let check: String
    let subjects: Set<EntityReference>
  }

  private mutating func evidence() -> Evidence {
    line += 1
    return Evidence(.imported, SourceLocation(path: "planted.txt", line: line))
  }

  private mutating func system(
    _ name: String, _ kind: SystemKind, team: String = "Planting", perMonth: Double = 20,
    change: (inout AutomationSystem, Evidence) -> Void = { _, _ in }
  ) {
    let evidence = evidence()
    var system = AutomationSystem(name: name, source: evidence)
    system.kind.state(kind, evidence)
    system.technology.state("Product", evidence)
    system.purpose.state("Zweck \(name)", evidence)
    system.owner.state("Ada Lovelace of \(name)", evidence)
    system.team.state(team, evidence)
    system.status.state(.production, evidence)
    system.volume.state(Frequency(count: perMonth, per: .month), evidence)
    system.humanInvolvement.state("none", evidence)
    system.integrations.state("none", evidence)
    system.criticality.state(.low, evidence)
    if let rate = Probability(0.01) { system.failureRate.state(rate, evidence) }
    change(&system, evidence)
    fragment.systems.append(system)
  }

  private mutating func connect(
    _ kind: Connection.Kind, _ source: EntityReference, _ target: EntityReference,
    _ channel: Connection.Channel = .api, data: [String] = [], at evidence: Evidence? = nil
  ) {
    let place = evidence ?? self.evidence()
    fragment.connections.append(
      Connection(kind, from: source, to: target, channel: channel, data: data, evidence: place))
  }

  /// Plants a problem and says what must be found; all it adds has a name of its own.
  mutating func plant(_ problem: Problem, _ generator: inout SeededGenerator) -> Expected {
    let tag = "\(Self.mark)\(Int.random(in: 1_000...9_999, using: &generator))"
    func name(_ part: String) -> String { "\(tag) \(part)" }
    func some(_ count: Int) -> [AutomationSystem] {
      Array(inProduction.shuffled(using: &generator).prefix(count))
    }
    switch problem {
    case .neverRuns:
      system(name("idle"), .script, perMonth: 0)
      return Expected(check: AuditCheck.orphan.id, subjects: [.system(name("idle"))])
    case .ghost:
      for user in some(1) { connect(.invokes, .system(user.name), .system(name("hub"))) }
      return Expected(check: AuditCheck.ghostReference.id, subjects: [.system(name("hub"))])
    case .ownerGap:
      let owners = ["SYSTEM", "svc_batch", "Ada Lovelace (left)", "unknown"]
      let owner = owners.randomElement(using: &generator) ?? "SYSTEM"
      system(name("unowned"), .workflow) { system, evidence in
        system.owner = Field(owner, evidence)
      }
      return Expected(check: AuditCheck.ownerGap.id, subjects: [.system(name("unowned"))])
    case .approvals:
      system(name("flow"), .workflow)
      let steps = (0..<4).map { number in
        FlowElement(
          id: "a\(number)", name: "Approve \(number)", kind: .task(.user),
          location: evidence().location)
      }
      process(name("flow"), steps)
      return Expected(check: AuditCheck.humanApprovals.id, subjects: [.system(name("flow"))])
    case .conflict: return conflict(tag)
    case .copy:
      let pool = inProduction.filter {
        ($0.purpose.value ?? "").split(separator: " ").count > 4 && $0.kind.value != .workflow
      }
      guard var copy = pool.randomElement(using: &generator) else { break }
      let original = copy.name
      copy.name = name("copy")
      copy.aliases = []
      copy.team = Field("Planting", evidence())
      copy.sources = [evidence()]
      fragment.systems.append(copy)
      for connection in fragment.connections
      where connection.source == .system(original) && connection.target.kind == .application {
        var connection = connection
        connection.source = .system(copy.name)
        connection.evidence = [evidence()]
        fragment.connections.append(connection)
      }
      return Expected(
        check: AuditCheck.redundancy.id, subjects: [.system(original), .system(copy.name)])
    case .manyDependents:
      for user in some(7) { connect(.writes, .system(user.name), .application(name("base"))) }
      return Expected(
        check: AuditCheck.singlePointOfFailure.id, subjects: [.application(name("base"))])
    case .dataCrossing:
      system(name("giver"), .script)
      connect(.writes, .system(name("giver")), .data(name("list")), .file, data: ["row \(tag)"])
      for user in some(1) { connect(.reads, .system(user.name), .data(name("list")), .file) }
      return Expected(check: AuditCheck.hotspotDataCrossing.id, subjects: [.data(name("list"))])
    case .carrying: return carrying(tag)
    case .incomplete:
      system(name("blank"), .script) { system, _ in
        system.purpose = Field()
        system.volume = Field()
        system.failureRate = Field()
      }
      return Expected(check: AuditCheck.completeness.id, subjects: [.system(name("blank"))])
    case .manyAutomations:
      system(name("centre"), .workflow)
      for (kind, team) in [(SystemKind.rpa, "X"), (.rules, "Y"), (.script, "Z"), (.agent, "X")] {
        system(name(kind.rawValue), kind, team: team)
        connect(.invokes, .system(name("centre")), .system(name(kind.rawValue)))
      }
      return Expected(
        check: AuditCheck.hotspotManyAutomations.id, subjects: [.system(name("centre"))])
    case .contradiction:
      let tables = conflict(tag)
      system(name("user"), .workflow)
      for table in tables.subjects.sorted() { connect(.invokes, .system(name("user")), table) }
      fragment.touchPoints.append(
        HumanTouchPoint(
          system: name("user"), step: "settle", name: "Settle the case", kind: .exception,
          team: nil, evidence: evidence()))
      return Expected(check: AuditCheck.hotspotContradiction.id, subjects: tables.subjects)
    }
    return Expected(check: "", subjects: [])
  }

  private mutating func process(_ system: String, _ elements: [FlowElement]) {
    let location = evidence().location
    fragment.processes.append(
      EstateProcess(
        system: system,
        process: BusinessProcess(
          id: nameKey(system), name: system, elements: elements,
          flows: zip(elements, elements.dropFirst()).enumerated().map { index, pair in
            SequenceFlow(
              id: "f\(index)", source: pair.0.id, target: pair.1.id, location: location)
          }, location: location)))
  }

  private mutating func conflict(_ tag: String) -> Expected {
    let input = DecisionTable.Column(name: "\(tag)Weight", label: "\(tag) weight")
    let output = "\(tag)Verdict"
    for (part, bound) in [("lax", 70.0), ("strict", 50.0)] {
      system("\(tag) \(part)", .rules)
      var rules = table(
        "\(tag) \(part) table", inputs: [input], outputs: [output],
        [([upTo(bound)], ["automatic"]), ([above(bound)], ["manual"])])
      rules.id = nameKey(rules.id)
      fragment.decisions.append(EstateDecision(system: "\(tag) \(part)", table: rules))
    }
    return Expected(
      check: AuditCheck.conflictingThresholds.id,
      subjects: [.system("\(tag) lax"), .system("\(tag) strict")])
  }

  private mutating func carrying(_ tag: String) -> Expected {
    let (flow, first, second) = ("\(tag) desk", "\(tag) first", "\(tag) second")
    system(flow, .workflow, perMonth: 3_000)
    system(first, .rpa)
    system(second, .rpa)
    let places = (0..<3).map { _ in evidence() }
    process(
      flow,
      [
        FlowElement(
          id: "one", name: "One", kind: .task(.service), location: places[0].location),
        FlowElement(
          id: "carry", name: "Type it over", kind: .task(.manual), location: places[1].location),
        FlowElement(
          id: "two", name: "Two", kind: .task(.service), location: places[2].location),
      ])
    connect(.invokes, .system(flow), .system(first), at: places[0])
    connect(.invokes, .system(flow), .system(second), at: places[2])
    return Expected(
      check: AuditCheck.hotspotHumanCarrying.id, subjects: [.system(first), .system(second)])
  }
}
