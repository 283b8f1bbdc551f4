import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Bills of materials of CycloneDX, for the services, models and workflows in them.
  static let cycloneDX = ImportFormat(
    id: "cyclonedx", title: "CycloneDX bill of materials",
    isFormat: { file in
      if let root = file.xmlRootName {
        return root.name == "bom" && root.namespace?.contains("cyclonedx.org/schema/bom") == true
      }
      return file.contains("\"CycloneDX\"") && file.jsonObject?["bomFormat"]?.string == "CycloneDX"
    },
    readFile: { file throws(DocumentError) in
      let isXML = file.firstByte == UInt8(ascii: "<")
      let bill = isXML ? CycloneDXBill(try file.xml()) : CycloneDXBill(try file.json())
      var reader = CycloneDXReader(bill, path: file.path)
      return reader.reading(at: file.location)
    })
}

/// What a bill of materials says of an estate.
///
/// Services and models are applications that the described one calls, workflows of the formulation are
/// systems. Libraries are no part of an estate.
private struct CycloneDXReader {
  private let bill: CycloneDXBill
  private var said: AgentStatements
  private var parts: [String: CycloneDXBill.Part] = [:]

  init(_ bill: CycloneDXBill, path: String) {
    self.bill = bill
    said = AgentStatements(path: path)
    for part in [bill.main].compactMap(\.self) + bill.components + bill.services {
      if let reference = part.reference { parts[reference] = parts[reference] ?? part }
    }
  }

  /// What the bill says.
  mutating func reading(at whole: SourceLocation) -> FileReading {
    let models = bill.components.filter { $0.type == "machine-learning-model" }
    for part in bill.services + models { addApplication(part) }
    addCalls()
    for workflow in bill.workflows { add(workflow) }
    var reading = said.reading
    if reading.fragment.isEmpty {
      reading.isBeside = true
      reading.note(
        .info,
        "the bill lists what software is made of, and neither services nor models nor workflows",
        at: whole)
    } else if let main = bill.main, !bill.services.isEmpty || !models.isEmpty {
      reading.fragment.applications.append(
        Application(name: main.name, source: Evidence(.imported, main.place)))
    }
    return reading
  }

  private func shown(_ part: CycloneDXBill.Part) -> String {
    KnownApplication.named(part.name) ?? part.name
  }

  private mutating func addApplication(_ part: CycloneDXBill.Part) {
    let hosts = part.endpoints.compactMap { host(ofAddress: $0) }.filter { !isLoopback($0) }
    said.addApplication(
      shown(part), aliases: uniqueInOrder(hosts), Evidence(.imported, part.place))
  }

  private func isTarget(_ part: CycloneDXBill.Part) -> Bool {
    part.type == "service" || part.type == "machine-learning-model"
  }

  private mutating func addCalls() {
    var called: Set<String> = []
    for dependency in bill.dependencies {
      guard let target = parts[dependency.target], isTarget(target) else { continue }
      let stated = parts[dependency.source]
      // What a library calls, the software calls that has it.
      let isLibrary = stated.map { !isTarget($0) && $0.type != "application" } ?? true
      guard let source = isLibrary ? bill.main ?? stated : stated,
        nameKey(source.name) != nameKey(target.name)
      else { continue }
      called.insert(dependency.target)
      connect(source, target, "depends on", dependency.place)
    }
    guard let main = bill.main else { return }
    for part in bill.services where !called.contains(part.reference ?? "") {
      connect(main, part, "service", part.place)
    }
  }

  private mutating func connect(
    _ source: CycloneDXBill.Part, _ target: CycloneDXBill.Part, _ action: String,
    _ place: SourceLocation
  ) {
    // Directions are those of the service: what flows in is written there.
    let flows = Set(target.data.map { $0.flow.lowercased() })
    let kind: Connection.Kind =
      flows == ["outbound"]
      ? .reads : flows.contains("inbound") || flows.contains("bi-directional") ? .writes : .invokes
    said.connect(
      EntityReference(.application, shown(source)), kind,
      EntityReference(.application, shown(target)), .api, action,
      data: uniqueInOrder(target.data.map(\.name)), Evidence(.imported, place))
  }

  // MARK: Formulation

  private mutating func add(_ workflow: CycloneDXBill.Work) {
    let evidence = Evidence(.imported, workflow.place)
    let name =
      workflow.name ?? bill.main.map { "\($0.name) workflow" } ?? workflow.id ?? "unnamed workflow"
    var system = AutomationSystem(name: name, source: evidence)
    if let id = workflow.id?.trimmedOrNil { system.addAlias(id) }
    system.kind.state(.workflow, evidence)
    if let purpose = workflow.purpose { system.purpose.state(purpose, evidence) }
    if let start = workflow.start.flatMap({ Timestamp($0) }),
      let end = workflow.end.flatMap({ Timestamp($0) }), end.seconds > start.seconds,
      let length = TimeSpan(seconds: end.seconds - start.seconds)
    {
      system.runTime.state(
        length, Evidence(.measured, workflow.place, note: "1 run on \(start.date)"))
    }
    said.add(system)
    if let trigger = workflow.trigger?.lowercased() {
      let kinds: [String: Trigger.Kind] = [
        "manual": .manual, "api": .call, "webhook": .call, "scheduled": .schedule,
      ]
      said.reading.fragment.triggers.append(
        Trigger(
          system: name, kind: kinds[trigger] ?? .event, expression: trigger, evidence: evidence))
    }
    addSteps(workflow.tasks, of: name, under: "")
  }

  private mutating func addSteps(_ tasks: [CycloneDXBill.Work], of name: String, under: String) {
    for (index, task) in tasks.enumerated() {
      let id = under + (task.id?.trimmedOrNil ?? "step \(index + 1)")
      said.reading.fragment.steps.append(
        Step(
          system: name, id: id, name: task.name, kind: task.tasks.isEmpty ? .action : .group,
          evidence: Evidence(.imported, task.place)))
      addSteps(task.tasks, of: name, under: id + "/")
    }
  }
}
