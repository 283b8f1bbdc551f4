import DocumentReading
import Facts
import Inventory

/// Goes through the stages of one process or object.
struct BluePrismWalk {
  private let automation: BluePrismAutomation
  /// Names of processes and objects by their identifiers.
  private let names: [String: String]
  private let serviceHosts: [String: String]
  private let system: EntityReference
  private var result = EstateFragment()
  private(set) var problems: [ImportProblem] = []
  private(set) var isPartial = false
  private var target: BluePrismTarget?
  /// Texts that data items begin with, by the name of the item.
  private var initialValues: [String: String] = [:]
  private var environmentItems: [String: SourceLocation] = [:]
  /// Names of queues and credentials that the file does not determine.
  private var computedNames: [SourceLocation] = []

  init(
    _ automation: BluePrismAutomation, names: [String: String], serviceHosts: [String: String],
    others: [BluePrismAutomation]
  ) {
    self.automation = automation
    self.names = names
    self.serviceHosts = serviceHosts
    system = EntityReference(.system, automation.name)
    target = automation.target
    if target?.application == nil, let shared = target?.sharedModel {
      target = others.first { nameKey($0.name) == nameKey(shared) }?.target ?? target
    }
  }

  /// What the stages say.
  mutating func fragment() -> EstateFragment {
    let stages = automation.body.descendants("stage")
    let pages = Dictionary(
      automation.body.descendants("subsheet").compactMap { page in
        page["subsheetid"].map { ($0.lowercased(), page.first("name")?.text ?? page["name"] ?? "") }
      }, uniquingKeysWith: { first, _ in first })
    readDataItems(stages)
    describe(stages)
    for stage in stages { add(stage, pages) }
    for (name, place) in environmentItems.sorted(by: { $0.key < $1.key }) {
      result.connections.append(
        Connection(
          .reads, from: system, to: EntityReference(.data, name), channel: .internalCall,
          action: "environment variable", evidence: Evidence(.imported, place)))
    }
    if let first = computedNames.first {
      problems.append(
        ImportProblem(
          .info,
          "queues or credentials are named by data items whose value the file does not determine"
            + " (stages: \(computedNames.count), the first is here)", at: first))
    }
    if stages.isEmpty {
      isPartial = true
      problems.append(
        ImportProblem(
          .medium,
          "'\(automation.name)' has no stages; export the process or object itself from Blue Prism",
          at: automation.body.location))
    }
    return result
  }

  private mutating func describe(_ stages: [XMLElement]) {
    let body = automation.body
    let evidence = Evidence(.imported, body.location)
    var description = AutomationSystem(name: automation.name, source: evidence)
    description.aliases = automation.ids
    description.kind.state(.rpa, evidence)
    description.technology.state("Blue Prism", evidence)
    if let text = body["narrative"]?.trimmedOrNil { description.purpose.state(text, evidence) }
    if let version = body["version"]?.trimmedOrNil { description.version.state(version, evidence) }
    description.unknowns = [
      "Owner, volumes and failures are in the control room, not in what Blue Prism exports."
    ]
    result.systems = [description]
  }

  private mutating func readDataItems(_ stages: [XMLElement]) {
    var computed: Set<String> = []
    for stage in stages {
      for assignment in stage.descendants("calculation") + stage.descendants("output") {
        if let item = assignment["stage"] { computed.insert(nameKey(item)) }
      }
    }
    for stage in stages where stage["type"] == "Data" {
      guard let name = stage["name"]?.trimmedOrNil else { continue }
      if stage.first("exposure")?.text == "Environment" { environmentItems[name] = stage.location }
      // A password is no name of anything, and what is computed has another value later.
      let isText = stage.first("datatype")?.text == "text"
      if isText, !computed.contains(nameKey(name)),
        let value = stage.first("initialvalue")?.text.trimmedOrNil
      {
        initialValues[name] = value
      }
    }
  }

  // MARK: Stages

  private mutating func add(_ stage: XMLElement, _ pages: [String: String]) {
    let type = stage["type"] ?? ""
    guard let kind = kind(ofStage: type) else { return }
    let evidence = Evidence(.imported, place(of: stage))
    let id = stage["stageid"] ?? "line \(stage.location.line ?? 0)"
    var step = Step(
      system: system.name, id: id, name: stage["name"], kind: kind, evidence: evidence)
    if let seconds = stage.first("timeout").flatMap({ Double($0.text.trimmedOrNil ?? "") }) {
      step.timeout = TimeSpan(seconds: seconds)
      // A wait without a condition always takes its whole time.
      if type == "WaitStart", stage.descendants("choice").isEmpty { step.delay = step.timeout }
    }
    if let page = stage.first("subsheetid")?.text.trimmedOrNil.flatMap({ pages[$0.lowercased()] }) {
      step.evidence.note = "page \(page)"
    }
    let elements = elements(of: stage)
    step.selector = elements.first?.selector
    let label = stage["name"] ?? type
    if elements.count > 1 { step.name = "\(label): \(elements[0].name)" }
    result.steps.append(step)
    for element in elements.dropFirst() {
      // Each goes to an element of its own, though one stage has them all.
      var further = step
      further.id = "\(id) \(element.id)"
      further.name = "\(label): \(element.name)"
      further.selector = element.selector
      further.timeout = nil
      further.delay = nil
      further.evidence = Evidence(.imported, element.place, note: step.evidence.note)
      result.steps.append(further)
    }
    switch type {
    case "Action", "Skill": addAction(stage, evidence)
    case "Process": addProcessCall(stage, evidence)
    case "Navigate", "Read", "Write": addScreen(stage, type, evidence)
    case "Code": addCode(stage, evidence)
    case "Alert":
      result.touchPoints.append(
        HumanTouchPoint(
          system: system.name, step: id, name: stage["name"],
          kind: touchPointKind(label: stage["name"], fallback: .exception), evidence: evidence))
    default: break
    }
  }

  /// The elements that a stage goes to and that its file says how to find, each once, in their order.
  private func elements(
    of stage: XMLElement
  ) -> [(id: String, name: String, selector: String, place: SourceLocation)] {
    guard let target else { return [] }
    var seen: Set<String> = []
    var found: [(id: String, name: String, selector: String, place: SourceLocation)] = []
    for element in stage.descendants("element") {
      guard let id = element["id"]?.lowercased(), let selector = target.selectors[id],
        seen.insert(id).inserted
      else { continue }
      found.append((id, target.elements[id] ?? id, selector, element.location))
    }
    return found
  }

  /// What kind of step a stage is; `nil` for data, notes, and the beginnings and ends of pages and
  /// brackets.
  private func kind(ofStage type: String) -> Step.Kind? {
    switch type {
    case "Action", "Process", "SubSheet", "Skill": .call
    case "Navigate", "Read", "Write", "Code", "Calculation", "MultipleCalculation": .action
    case "Decision", "ChoiceStart", "Choice": .decision
    case "Exception", "Recover", "Resume": .errorHandling
    case "Alert": .human
    case "WaitStart", "Wait": .wait
    case "LoopStart", "Loop", "Block": .group
    default: nil
    }
  }

  private mutating func addProcessCall(_ stage: XMLElement, _ evidence: Evidence) {
    let resource = stage.first("resource")
    let id =
      stage.first("processid")?.text.trimmedOrNil ?? resource?["processid"] ?? resource?["process"]
      ?? resource?["object"]
    guard let id else {
      problems.append(
        ImportProblem(
          .low, "the stage calls a process that it does not name", at: evidence.location))
      return
    }
    let name = names[id.lowercased()] ?? id
    connect(.invokes, to: EntityReference(.system, name), .internalCall, "Process", evidence)
  }

  private mutating func addScreen(_ stage: XMLElement, _ type: String, _ evidence: Evidence) {
    let steps = stage.all("step")
    let elements = uniqueInOrder(
      steps.compactMap { step in
        step.first("element")?["id"].flatMap { target?.elements[$0.lowercased()] }
      })
    let act = uniqueInOrder(
      steps.compactMap { $0.first("action")?.first("id")?.text.trimmedOrNil })
    // An object without a model of its own still drives the application that it is made for.
    let name = target?.application ?? target?.sharedModel ?? automation.name
    if let alias = target?.alias, nameKey(alias) != nameKey(name) {
      result.applications.append(Application(name: name, aliases: [alias], source: evidence))
    }
    var evidence = evidence
    if target?.application == nil {
      evidence.provenance = .inferred
      evidence.note = "the application model names no application; called after the object"
    }
    connect(
      type == "Read" ? .reads : type == "Write" ? .writes : .invokes,
      to: EntityReference(.application, name), .userInterface,
      act.isEmpty ? type : act.joined(separator: ", "), evidence, data: elements)
  }

  /// Addresses in code show with whom it speaks.
  private mutating func addCode(_ stage: XMLElement, _ evidence: Evidence) {
    let code = stage.first("code")?.text ?? ""
    guard code.contains("://") else { return }
    var hosts: [String] = []
    for line in code.split(separator: "\n").prefix(5000) where line.contains("://") {
      // Comments cite where the code was found.
      let text = line.drop { $0.isWhitespace }
      if text.hasPrefix("'") || text.hasPrefix("//") || text.hasPrefix("*") { continue }
      for part in line.split(whereSeparator: { "\"' <>()".contains($0) })
      where part.hasPrefix("http") {
        if let host = host(ofAddress: String(part)), !isSchemaHost(host) { hosts.append(host) }
      }
    }
    for host in uniqueInOrder(hosts) {
      let name = KnownApplication.named(byHost: host) ?? host
      var evidence = evidence
      evidence.provenance = .inferred
      evidence.note = "an address in the code of the stage"
      connect(.invokes, to: EntityReference(.application, name), .api, "Code", evidence)
    }
  }

  private func isSchemaHost(_ host: String) -> Bool {
    [
      "w3.org", "blueprism.co.uk", "schemas.microsoft.com", "schemas.xmlsoap.org", "tempuri.org",
      "msdn.microsoft.com", "docs.microsoft.com", "learn.microsoft.com", "stackoverflow.com",
      "github.com",
    ].contains { host == $0 || host.hasSuffix(".\($0)") }
  }

  // MARK: Actions

  private mutating func addAction(_ stage: XMLElement, _ evidence: Evidence) {
    guard let resource = stage.first("resource"),
      let object = (resource["object"] ?? resource["skill"])?.trimmedOrNil
    else {
      problems.append(
        ImportProblem(
          .low, "the stage calls an object that it does not name", at: evidence.location))
      return
    }
    let action = resource["action"] ?? ""
    if object.lowercased().hasPrefix("blueprism.") || object.lowercased().hasPrefix("blue prism.") {
      return addInternal(object, action, stage, evidence)
    }
    if let host = serviceHosts[nameKey(object)] {
      let isLocal = host.isEmpty || host.hasPrefix("127.") || host == "localhost"
      let name = isLocal ? object : KnownApplication.named(byHost: host) ?? host
      if !isLocal {
        result.applications.append(Application(name: name, aliases: [object], source: evidence))
      }
      return connect(
        direction(ofOperation: action) ?? .invokes, to: EntityReference(.application, name), .api,
        action, evidence)
    }
    if let known = BluePrismObject.application(of: object) {
      return connect(
        direction(ofOperation: action) ?? .invokes,
        to: EntityReference(.application, known.application), known.channel, "\(object): \(action)",
        evidence)
    }
    connect(.invokes, to: EntityReference(.system, object), .internalCall, action, evidence)
    addAddress(stage, object, action, evidence)
  }

  /// The host that an action is given to speak with, as those of `Utility - HTTP` are.
  private mutating func addAddress(
    _ stage: XMLElement, _ object: String, _ action: String, _ evidence: Evidence
  ) {
    let inputs = ["Address URL", "URL", "Request URL", "Endpoint", "Base URL", "Address", "Uri"]
    guard let address = firstInput(inputs, of: stage),
      address.value.contains("://"), let host = host(ofAddress: address.value)
    else { return }
    let name = KnownApplication.named(byHost: host) ?? host
    if name != host {
      result.applications.append(Application(name: name, aliases: [host], source: evidence))
    }
    var evidence = evidence
    evidence.note = address.note
    let method = input("Method", of: stage)?.value
    connect(
      method.map { httpDirection($0) } ?? .invokes, to: EntityReference(.application, name), .api,
      "\(object): \(action)", evidence)
  }

  /// Objects that are part of Blue Prism: queues, credentials, collections.
  private mutating func addInternal(
    _ object: String, _ action: String, _ stage: XMLElement, _ evidence: Evidence
  ) {
    let object = object.lowercased()
    if object.contains("workqueue") {
      let queue = input("Queue Name", of: stage)
      var evidence = evidence
      if let note = queue?.note { evidence.note = note }
      let kind = queueAct(action)
      if let queue {
        connect(kind, to: EntityReference(.data, queue.value), .queue, action, evidence)
      } else {
        // Actions on an item name no queue; the item is one of the queue that it was taken from.
        if stage.descendants("input").contains(where: { $0["name"] == "Queue Name" }) {
          computedNames.append(evidence.location)
        }
        connect(
          kind, to: EntityReference(.application, "Blue Prism work queues"), .queue, action,
          evidence)
      }
      return
    }
    if object.contains("credential") {
      let credential = input("Credentials Name", of: stage) ?? input("Credential Name", of: stage)
      if let credential {
        result.credentials.append(
          CredentialUse(system: system.name, name: credential.value, evidence: evidence))
      } else {
        computedNames.append(evidence.location)
      }
      return connect(
        direction(ofOperation: action) ?? .invokes,
        to: EntityReference(.application, "Blue Prism credentials"), .internalCall, action, evidence
      )
    }
    connect(
      .invokes, to: EntityReference(.application, "Blue Prism"), .internalCall,
      "\(lastPart(of: object)): \(action)", evidence)
  }

  private func queueAct(_ action: String) -> Connection.Kind {
    let action = action.lowercased()
    if action.hasPrefix("get") || action.hasPrefix("is ") { return .reads }
    return .writes
  }

  private func lastPart(of object: String) -> String {
    object.split(separator: ".").last.map(String.init) ?? object
  }

  private func firstInput(
    _ names: [String], of stage: XMLElement
  ) -> (value: String, note: String?)? {
    for name in names {
      if let found = input(name, of: stage) { return found }
    }
    return nil
  }

  /// The text that an input gets: a literal, or a data item that nothing changes.
  private func input(_ name: String, of stage: XMLElement) -> (value: String, note: String?)? {
    guard
      let input = stage.descendants("input").first(where: {
        nameKey($0["name"] ?? "") == nameKey(name)
      }), let expression = (input["expr"] ?? input["stage"])?.trimmedOrNil
    else { return nil }
    if expression.hasPrefix("\""), expression.hasSuffix("\""), expression.count > 2 {
      let inner = String(expression.dropFirst().dropLast())
      return inner.contains("\"") ? nil : (inner, nil)
    }
    guard expression.hasPrefix("["), expression.hasSuffix("]") else { return nil }
    let item = String(expression.dropFirst().dropLast())
    guard let value = initialValues[item] else { return nil }
    return (value, "initial value of the data item '\(item)'")
  }

  // MARK: Places

  private mutating func connect(
    _ kind: Connection.Kind, to target: EntityReference, _ channel: Connection.Channel,
    _ action: String, _ evidence: Evidence, data: [String] = []
  ) {
    result.connections.append(
      Connection(
        kind, from: system, to: target, channel: channel, action: action.trimmedOrNil, data: data,
        evidence: evidence))
  }

  private func place(of stage: XMLElement) -> SourceLocation {
    var place = stage.location
    place.element = stage["name"] ?? stage["stageid"]
    return place
  }
}
