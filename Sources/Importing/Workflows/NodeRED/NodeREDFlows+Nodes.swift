import DocumentReading
import Facts
import Inventory

/// What single nodes of Node-RED say.
extension NodeREDFlows {
  mutating func add(_ node: Node) {
    let person: HumanTouchPoint.Kind? = humanAct(node)
    var step = Step(
      system: node.system, id: node.id, name: node.label, kind: kind(of: node, person),
      evidence: node.evidence)
    addTimes(of: node, to: &step)
    said.reading.fragment.steps.append(step)
    if let person {
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: node.system, step: node.id, name: node.label, kind: person,
          evidence: node.evidence))
    }
    if node.type.isTrigger { addTrigger(node) }
    addCall(node)
  }

  private func kind(of node: Node, _ person: HumanTouchPoint.Kind?) -> Step.Kind {
    if person != nil { return .human }
    let kind = node.type.kind
    return node.handlesErrors && [.action, .call, .group].contains(kind) ? .errorHandling : kind
  }

  private func humanAct(_ node: Node) -> HumanTouchPoint.Kind? {
    if node.type.isDashboardInput { return touchPointKind(label: node.label, fallback: .form) }
    // A notification of the dashboard with a button waits for the answer.
    if ["toast", "notification"].contains(node.type.dashboardName ?? ""),
      ["dialog", "prompt"].contains(node.node["position"]?.string ?? "")
    {
      return node.node["position"]?.string == "prompt" ? .form : .approval
    }
    return nil
  }

  private func addTimes(of node: Node, to step: inout Step) {
    func number(_ key: String) -> Double? {
      guard let value = node.node[key]?.text.flatMap(Double.init), value > 0 else { return nil }
      return value
    }
    switch node.type.written {
    case "delay" where node.node["pauseType"]?.string == "delay":
      let units = [
        "milliseconds": 0.001, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400,
      ]
      if let count = number("timeout"), let unit = units[node.node["timeoutUnits"]?.string ?? ""] {
        step.delay = TimeSpan(seconds: count * unit)
      }
    case "exec": step.timeout = number("timer").flatMap { TimeSpan(seconds: $0) }
    case "function", "link call":
      step.timeout = number("timeout").flatMap { TimeSpan(seconds: $0) }
    default: break
    }
  }

  // MARK: Triggers

  private mutating func addTrigger(_ node: Node) {
    var kind = Trigger.Kind.event
    var expression: String? = node.label
    switch node.type.written {
    case "catch", "complete", "status": return
    case "inject":
      let schedule = schedule(of: node)
      kind = schedule != nil ? .schedule : node.node["once"]?.bool == true ? .event : .manual
      expression = schedule ?? (kind == .event ? "when Node-RED starts" : node.label)
    case "cronplus", "schedex", "bigtimer": kind = .schedule
    case "http in":
      kind = .call
      expression =
        [
          node.node["method"]?.string?.uppercased(), node.node["url"]?.string?.trimmedOrNil,
        ].compactMap(\.self).joined(separator: " ").trimmedOrNil
    case "mqtt in": expression = node.node["topic"]?.string?.trimmedOrNil ?? node.label
    case "watch", "tail":
      expression = node.node["files"]?.string?.trimmedOrNil ?? node.label
    default: break
    }
    said.reading.fragment.triggers.append(
      Trigger(
        system: node.system, kind: kind, expression: expression, evidence: node.evidence))
  }

  private func schedule(of node: Node) -> String? {
    if let crontab = node.node["crontab"]?.string?.trimmedOrNil { return crontab }
    guard let text = node.node["repeat"]?.text?.trimmedOrNil, let seconds = Double(text),
      seconds > 0
    else { return nil }
    return "every \(text) seconds"
  }

  /// How often the only schedule of a flow starts it; `nil` where it has none or several.
  func scheduledVolume(_ nodes: [Node]) -> Fact<Frequency>? {
    let scheduled = nodes.filter { $0.type.written == "inject" && schedule(of: $0) != nil }
    guard scheduled.count == 1, let node = scheduled.first else { return nil }
    let frequency =
      if let crontab = node.node["crontab"]?.string?.trimmedOrNil {
        Importing.frequency(ofCron: crontab)
      } else {
        node.node["repeat"]?.text.flatMap(Double.init).flatMap {
          Importing.frequency(everySeconds: $0)
        }
      }
    return frequency.map { Fact($0, node.node.inferred("from its schedule")) }
  }

  // MARK: Calls

  private mutating func addCall(_ node: Node) {
    switch node.type.written {
    case "link call", "link out": followLinks(of: node)
    case "http request": request(node)
    case "exec": run(node)
    default:
      if let subflow = node.type.subflow {
        connect(
          node, .invokes, EntityReference(.system, self.subflow(subflow) ?? subflow), .internalCall,
          "subflow")
      } else if !node.type.isInternal, leadsOutside(node) {
        useApplication(node)
      }
    }
  }

  private mutating func followLinks(of node: Node) {
    let targets = (node.node["links"]?.array ?? []).compactMap { $0.string.flatMap(system(of:)) }
    for target in uniqueInOrder(targets) where target != node.system {
      connect(node, .invokes, EntityReference(.system, target), .internalCall, node.type.written)
    }
  }

  private mutating func request(_ node: Node) {
    let written = node.node["url"]?.string?.trimmedOrNil ?? ""
    let method = node.node["method"]?.string ?? "GET"
    let target: String
    if let host = host(ofAddress: written) ?? host(inExpression: written) {
      target = KnownApplication.named(byHost: host) ?? host
      if nameKey(target) != nameKey(host) {
        said.addApplication(target, aliases: [host], node.evidence)
      }
    } else {
      target = "computed address in '\(node.system)'"
      said.reading.note(
        .low,
        "the address of '\(node.label)' is computed or not stated, so that its target is unknown",
        at: node.node.location)
    }
    connect(
      node, method == "use" ? .invokes : httpDirection(method),
      EntityReference(.application, target), .api, method == "use" ? nil : method)
    if let kind = node.node["authType"]?.string?.trimmedOrNil {
      said.addCredential(
        "\(node.label) (\(kind))", of: node.system, application: target, node.evidence)
    }
  }

  private mutating func run(_ node: Node) {
    let command = node.node["command"]?.string?.split(whereSeparator: \.isWhitespace).first
      .map(String.init)
    let known = command.flatMap { KnownApplication.named(byExecutable: $0) }
    connect(
      node, .invokes, EntityReference(.application, known ?? node.type.application), .unknown,
      command.map { lastComponent(of: $0) })
  }

  /// Configuration nodes that a node refers to, such as its broker or its server.
  private func configuration(of node: Node) -> DataNode? {
    for member in node.node.object ?? [] where !["id", "z", "g", "type"].contains(member.key) {
      if let id = member.value.string, let found = configurations[id],
        found["type"]?.string.map({ NodeREDNodeType(written: $0).dashboardName == nil }) ?? false
      {
        return found
      }
    }
    return nil
  }

  /// Whether a node of the community or of the network leads to something outside Node-RED.
  private func leadsOutside(_ node: Node) -> Bool {
    NodeREDNodeType.network.contains(node.type.written) || configuration(of: node) != nil
      || node.type.isKnownApplication || node.type.isEnd || address(in: node.node) != nil
  }

  /// The server that a node or its configuration names.
  private func address(in node: DataNode?) -> String? {
    for key in ["broker", "server", "host", "hostname", "url", "uri", "path", "endpoint", "addr"] {
      guard let text = node?[key]?.string?.trimmedOrNil, !text.contains("${"), !isNodeID(text)
      else { continue }
      if let host = host(ofAddress: text) { return host }
      if key != "path", key != "url", text.contains("."),
        text.allSatisfy({ $0.isLetter || $0.isNumber || ".-".contains($0) })
      {
        return text.lowercased()
      }
    }
    return nil
  }

  /// Whether a text is the identifier of another node, such as `8c1e44d2.f0b9a8`, and no host.
  private func isNodeID(_ text: String) -> Bool {
    if configurations[text] != nil { return true }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && (6...8).contains(parts[0].count) && (3...7).contains(parts[1].count)
      && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) } && text.contains(where: \.isNumber)
  }

  private mutating func useApplication(_ node: Node) {
    let written = node.type.written
    let configuration = configuration(of: node)
    var target = node.type.application
    if let host = address(in: configuration) ?? address(in: node.node), !isLoopback(host) {
      if let known = KnownApplication.named(byHost: host) {
        target = known
      } else if ["mqtt", "tcp", "udp", "websocket", "e-mail"].contains(where: written.hasPrefix) {
        target = host
      } else {
        said.addApplication(target, aliases: [host], node.evidence)
      }
    } else if written.hasPrefix("websocket") {
      // A listener has a path of Node-RED's own, and no other side is named.
      return
    } else if written.hasPrefix("mqtt"),
      let name = singleLine(configuration?["name"]?.string)
        ?? configuration?["broker"]?.string?.trimmedOrNil, !isLoopback(name), !name.contains("$")
    {
      target = name
    }
    let isStart = node.type.isTrigger
    let reads = written == "file in" || written.hasSuffix(" get") || written.hasSuffix(" query")
    let operation = node.node["operation"]?.string?.trimmedOrNil
    let kind: Connection.Kind =
      isStart
      ? .triggers
      : reads ? .reads : operation.flatMap(direction(ofOperation:)) ?? standardKind(written)
    let reference = EntityReference(.application, target)
    said.connect(
      isStart ? reference : EntityReference(.system, node.system), kind,
      isStart ? EntityReference(.system, node.system) : reference, node.type.channel,
      operation ?? written, data: dataNames(node), node.evidence)
    if let configuration, let name = singleLine(configuration["name"]?.string),
      configuration["credentials"]?.object != nil
    {
      said.addCredential(name, of: node.system, application: target, configuration.evidence)
    }
  }

  private func standardKind(_ type: String) -> Connection.Kind {
    let writes = [" out", "-out", " sender"].contains { type.lowercased().hasSuffix($0) }
    return writes || type == "file" || type == "e-mail" ? .writes : .invokes
  }

  private func dataNames(_ node: Node) -> [String] {
    let keys = [
      "topic", "collection", "table", "queue", "bucket", "filename", "files", "measurement",
      "sheet", "index",
    ]
    return uniqueInOrder(
      keys.compactMap { key in
        guard let text = node.node[key]?.string?.trimmedOrNil, !text.contains("://"),
          !text.contains("@"), !text.contains("{{"), text.count <= 200
        else { return nil }
        return text
      })
  }

  private mutating func connect(
    _ node: Node, _ kind: Connection.Kind, _ target: EntityReference,
    _ channel: Connection.Channel, _ action: String?
  ) {
    said.connect(
      EntityReference(.system, node.system), kind, target, channel, action, node.evidence)
  }
}
