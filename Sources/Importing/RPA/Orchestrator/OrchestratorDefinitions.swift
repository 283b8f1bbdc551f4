import Facts
import Inventory

/// What is set up in Orchestrator: processes, triggers, queues, assets, machines.
struct OrchestratorDefinitions {
  private let table: OrchestratorTable
  private let tenant: OrchestratorTenant
  private var result: FileReading
  private let orchestrator = EntityReference(.system, OrchestratorTenant.name)

  init(_ table: OrchestratorTable, _ tenant: OrchestratorTenant) {
    self.table = table
    self.tenant = tenant
    result = FileReading(path: table.path)
  }

  /// What the list says.
  func reading() -> FileReading {
    var copy = self
    copy.read()
    return copy.result
  }

  private mutating func read() {
    let whole = SourceLocation(path: table.path)
    switch table.entity {
    case .processes: addProcesses()
    case .packages: addPackages()
    case .triggers: for row in table.rows { addTrigger(row) }
    case .apiTriggers: for row in table.rows { addAPITrigger(row) }
    case .queues: for row in table.rows { addQueue(row) }
    case .assets, .credentials: for row in table.rows { addAsset(row) }
    case .buckets: for row in table.rows { addBucket(row) }
    case .machines, .robots: for row in table.rows { addMachine(row) }
    case .taskCatalogs: for row in table.rows { addCatalog(row) }
    case .upload:
      result.isBeside = true
      result.note(
        .info, "items to be uploaded into a queue; they are cases, not part of an estate", at: whole
      )
      return
    default:
      result.isBeside = true
      result.note(
        .info,
        table.rows.isEmpty
          ? "the list is empty"
          : "a list of folders, users, roles, links or the like, which says nothing of what runs",
        at: whole)
      return
    }
    if table.rows.isEmpty {
      result.note(
        .low, "the list has a header and no rows; export it again if that is wrong", at: whole)
    }
    // Orchestrator itself is part of the estate where it holds something.
    let speaks =
      result.fragment.connections.contains { $0.source == orchestrator }
      || result.fragment.credentials.contains { $0.system == orchestrator.name }
      || (result.fragment.steps.map(\.system) + result.fragment.touchPoints.map(\.system))
        .contains(orchestrator.name)
    if speaks { result.fragment.systems.insert(self.orchestratorSystem(whole), at: 0) }
  }

  private func orchestratorSystem(_ place: SourceLocation) -> AutomationSystem {
    let evidence = Evidence(.imported, place)
    var system = AutomationSystem(name: orchestrator.name, source: evidence)
    system.kind.state(.orchestrator, evidence)
    system.technology.state("UiPath Orchestrator", evidence)
    if let address = table.tenant { system.aliases.append(address) }
    return system
  }

  // MARK: Processes

  /// One system for each process.
  ///
  /// A package that only one process runs is that process; where several run it, each of them calls
  /// it, or they would all be taken for one.
  private mutating func addProcesses() {
    var runners: [String: Set<String>] = [:]
    for row in table.rows {
      guard let name = row["name"], let package = package(of: row) else { continue }
      runners[nameKey(package), default: []].insert(nameKey(name))
    }
    var known: [String: Int] = [:]
    for row in table.rows {
      guard let name = row["name"] else {
        result.note(.medium, "the process has no name and is left out", at: row.place)
        continue
      }
      let evidence = Evidence(.imported, row.place)
      var system = AutomationSystem(name: name, source: evidence)
      let kind = kind(ofProcess: row["processtype"])
      system.kind.state(
        kind ?? .rpa,
        kind == nil
          ? Evidence(
            .inferred, row.place, note: "Orchestrator runs robots unless it says otherwise")
          : evidence)
      system.technology.state("UiPath", evidence)
      if let text = row["description"], nameKey(text) != nameKey(name),
        nameKey(text) != "blankprocess"
      {
        system.purpose.state(text, evidence)
      }
      if let version = row["processversion", "version"] { system.version.state(version, evidence) }
      if let key = row["key"] { system.aliases.append(key) }
      if let status = status(ofFolder: row) {
        system.status.state(
          status, Evidence(.inferred, row.place, note: "from the name of its folder"))
      }
      if row.flag("isattended") == true {
        system.humanInvolvement.state("Runs attended, on the computer of a person", evidence)
      }
      if let package = package(of: row), nameKey(package) != nameKey(name) {
        if runners[nameKey(package)]?.count == 1 {
          system.aliases.append(package)
        } else {
          result.fragment.connections.append(
            Connection(
              .invokes, from: EntityReference(.system, name), to: EntityReference(.system, package),
              channel: .internalCall, action: "RunPackage",
              evidence: Evidence(
                .imported, row.place, note: "the package that several processes run")))
        }
      }
      // One process stands in several folders, as a rule one for each environment.
      if let position = known[nameKey(name)] {
        let first = result.fragment.systems[position]
        system.aliases = system.aliases.filter { !first.aliases.contains($0) }
        result.fragment.systems[position].aliases += system.aliases
        result.fragment.systems[position].sources.append(evidence)
        result.fragment.systems[position].status.merge(system.status)
        result.fragment.systems[position].version.merge(system.version)
      } else {
        known[nameKey(name)] = result.fragment.systems.count
        system.unknowns = [
          "What the process does stands in its package, not in Orchestrator's list."
        ]
        result.fragment.systems.append(system)
      }
      if row.flag("autostartprocess") == true || row.flag("alwaysrunning") == true {
        result.fragment.triggers.append(
          Trigger(
            system: name, kind: .event, expression: "starts with the robot", evidence: evidence))
      }
    }
  }

  /// The package: `ProcessKey` of OData, column `Id` of CSV, which is a number in OData.
  private func package(of row: OrchestratorRow) -> String? {
    if let key = row["processkey", "packagename"] { return key }
    return row["id"].flatMap { $0.allSatisfy(\.isNumber) ? nil : $0 }
  }

  private func kind(ofProcess type: String?) -> SystemKind? {
    switch type?.lowercased() {
    case "agent": .agent
    case "processorchestration", "api", "flow", "casemanagement": .workflow
    case "process", "testautomationprocess", "function": .rpa
    default: nil
    }
  }

  /// Where a process is in its life, by the folder that it is in.
  private func status(ofFolder row: OrchestratorRow) -> LifecycleStatus? {
    guard let path = row["path", "organizationunitfullyqualifiedname", "environmentname"] else {
      return nil
    }
    let folders = path.split { $0 == "\\" || $0 == "/" }.map { $0.lowercased() }
    // Lists that lie among somebody's tests or examples show how a tenant looks, and are none.
    let places = row.place.path.split { $0 == "/" || $0 == "\\" || $0 == "!" }.dropLast()
    if places.contains(where: { isExampleFolder(String($0)) }) { return nil }
    if folders.contains(where: { ["production", "prod", "prd", "live"].contains($0) }) {
      return .production
    }
    let earlier = ["development", "dev", "test", "qa", "uat", "staging", "sandbox"]
    return folders.contains(where: earlier.contains) ? .development : nil
  }

  private mutating func addPackages() {
    var known: Set<String> = []
    for row in table.rows {
      guard let id = row["id"] ?? row["key"]?.split(separator: ":").first.map(String.init),
        known.insert(nameKey(id)).inserted
      else { continue }
      let evidence = Evidence(.imported, row.place)
      var system = AutomationSystem(name: id, source: evidence)
      system.kind.state(.rpa, Evidence(.inferred, row.place, note: "a package for robots"))
      system.technology.state("UiPath", evidence)
      if let title = row["title"], nameKey(title) != nameKey(id) { system.aliases.append(title) }
      if let text = row["description"] { system.purpose.state(text, evidence) }
      if let version = row["version"] { system.version.state(version, evidence) }
      if let author = row["authors"] { system.creator.state(author, evidence) }
      result.fragment.systems.append(system)
    }
  }

  // MARK: Triggers

  private mutating func addTrigger(_ row: OrchestratorRow) {
    guard let process = tenant.process(of: row) else {
      result.note(
        .low, "the trigger names no process; export the processes (Releases) too", at: row.place)
      return
    }
    mention(process, row, alias: row["packagename"])
    let isOff = row.flag("enabled") == false
    let evidence = Evidence(.imported, row.place, note: isOff ? "switched off" : nil)
    let name = row["name"] ?? process
    if let queue = tenant.queue(of: row) {
      let threshold = row["itemsactivationthreshold"].map { " from \($0) items on" } ?? ""
      result.fragment.triggers.append(
        Trigger(
          system: process, kind: .event, expression: "queue \(queue)\(threshold)",
          evidence: evidence))
      connect(
        .triggers, from: EntityReference(.data, queue), to: EntityReference(.system, process),
        .queue, name, evidence)
    } else {
      let zone = row["timezoneid", "timezoneiana"].map { " (\($0))" } ?? ""
      result.fragment.triggers.append(
        Trigger(
          system: process, kind: row["startprocesscron"] == nil ? .event : .schedule,
          expression: row["startprocesscron"].map { $0 + zone } ?? name, evidence: evidence))
      connect(
        .triggers, from: orchestrator, to: EntityReference(.system, process), .api, name, evidence)
    }
    addMachines(row["machinerobots", "executorrobots"], process, evidence)
  }

  private mutating func addAPITrigger(_ row: OrchestratorRow) {
    guard let process = tenant.process(of: row) else { return }
    mention(process, row, alias: nil)
    let isOff = row.flag("enabled") == false
    let evidence = Evidence(.imported, row.place, note: isOff ? "switched off" : nil)
    let call = [row["method"]?.uppercased(), row["slug"]].compactMap(\.self)
    result.fragment.triggers.append(
      Trigger(
        system: process, kind: .call, expression: call.joined(separator: " "), evidence: evidence))
    connect(
      .triggers, from: orchestrator, to: EntityReference(.system, process), .api, row["name"],
      evidence)
    if row.flag("runascaller") == true {
      result.fragment.permissions.append(
        Permission(system: process, name: "run as the caller", evidence: evidence))
    }
  }

  /// A process of which another list tells more.
  private mutating func mention(_ process: String, _ row: OrchestratorRow, alias: String?) {
    if let position = result.fragment.systems.firstIndex(where: { $0.key == nameKey(process) }) {
      result.fragment.systems[position].sources.append(Evidence(.imported, row.place))
      return
    }
    let evidence = Evidence(.imported, row.place)
    var system = AutomationSystem(name: process, source: evidence)
    system.kind.state(.rpa, Evidence(.inferred, row.place, note: "a process of Orchestrator"))
    system.technology.state("UiPath", evidence)
    if let key = row["releasekey"] { system.aliases.append(key) }
    result.fragment.systems.append(system)
    if let alias, nameKey(alias) != nameKey(process) {
      result.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, process), to: EntityReference(.system, alias),
          channel: .internalCall, action: "RunPackage", evidence: evidence))
    }
  }

  private mutating func addMachines(_ names: String?, _ process: String, _ evidence: Evidence) {
    for name in (names ?? "").split(separator: ";").compactMap({ String($0).trimmedOrNil }) {
      result.fragment.permissions.append(
        Permission(
          system: process, name: "run on \(name)", application: name, evidence: evidence))
    }
  }

  // MARK: Queues, assets, machines

  private mutating func addQueue(_ row: OrchestratorRow) {
    guard let queue = row["name"] else { return }
    let evidence = Evidence(.imported, row.place)
    let process = tenant.process(of: row)
    let holder = process ?? orchestrator.name
    if let process {
      mention(process, row, alias: nil)
      connect(
        .reads, from: EntityReference(.system, process), to: EntityReference(.data, queue), .queue,
        "GetQueueItem", evidence)
    }
    connect(
      .governs, from: orchestrator, to: EntityReference(.data, queue), .queue, "queue", evidence)
    var step = Step(
      system: holder, id: "queue \(queue)", name: "Retry of failed items of \(queue)",
      kind: .errorHandling, evidence: evidence)
    var notes: [String] = []
    if let count = row["maxnumberofretries"].flatMap({ Int($0) }), (0...1000).contains(count) {
      let isAutomatic = row.flag("acceptautomaticallyretry")
      step.retries = isAutomatic == false ? 0 : count
      if isAutomatic == false, count > 0 {
        notes.append("retries are switched off; \(count) are set")
      }
    }
    if let minutes = row["slainminutes"].flatMap(Double.init), minutes > 0 {
      step.timeout = TimeSpan(seconds: minutes * 60)
      notes.append("an item is due within \(row["slainminutes"] ?? "") minutes (SLA)")
    }
    if !notes.isEmpty { step.evidence.note = notes.joined(separator: "; ") }
    result.fragment.steps.append(step)
  }

  private mutating func addAsset(_ row: OrchestratorRow) {
    guard let asset = row["name"] else { return }
    let evidence = Evidence(.imported, row.place)
    let type = row["valuetype"] ?? (table.entity == .credentials ? "Credential" : "asset")
    connect(
      .governs, from: orchestrator, to: EntityReference(.data, asset), .api, "asset (\(type))",
      evidence)
    if ["credential", "secret", "windowscredential", "dbconnectionstring", "httpconnectionstring"]
      .contains(type.lowercased())
    {
      result.fragment.credentials.append(
        CredentialUse(system: orchestrator.name, name: asset, evidence: evidence))
    }
  }

  private mutating func addBucket(_ row: OrchestratorRow) {
    guard let bucket = row["name"] else { return }
    connect(
      .governs, from: orchestrator, to: EntityReference(.data, bucket), .file,
      row["storageprovider"].map { "storage bucket (\($0))" } ?? "storage bucket",
      Evidence(.imported, row.place))
  }

  private mutating func addMachine(_ row: OrchestratorRow) {
    guard let machine = row["machinename", "name"] else { return }
    let evidence = Evidence(.imported, row.place, note: "machine for robots")
    if !result.fragment.applications.contains(where: { $0.key == nameKey(machine) }) {
      result.fragment.applications.append(Application(name: machine, source: evidence))
    }
    connect(
      .governs, from: orchestrator, to: EntityReference(.application, machine), .internalCall,
      table.entity == .robots ? "robot" : "machine", evidence)
  }

  private mutating func addCatalog(_ row: OrchestratorRow) {
    guard let catalog = row["name"] else { return }
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: orchestrator.name, step: "catalog \(catalog)", name: catalog,
        kind: touchPointKind(label: row["description"] ?? catalog, fallback: .work),
        evidence: Evidence(.imported, row.place)))
    result.fragment.steps.append(
      Step(
        system: orchestrator.name, id: "catalog \(catalog)", name: catalog, kind: .human,
        evidence: Evidence(.imported, row.place)))
  }

  private mutating func connect(
    _ kind: Connection.Kind, from source: EntityReference, to target: EntityReference,
    _ channel: Connection.Channel, _ action: String?, _ evidence: Evidence
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: source, to: target, channel: channel, action: action, evidence: evidence)
    )
  }
}
