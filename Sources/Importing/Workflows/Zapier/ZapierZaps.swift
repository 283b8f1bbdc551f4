import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Zaps of Zapier, as a team's owner exports them all.
  static let zapier = ImportFormat(
    id: "zapier", title: "Zapier export",
    isFormat: { file in
      guard file.contains("\"zaps\""), file.contains("selected_api"), let root = file.jsonObject,
        let zaps = root["zaps"]?.array
      else { return false }
      return zaps.contains { $0["nodes"]?.object != nil || $0["nodes"]?.array != nil }
    },
    readFile: { file throws(DocumentError) in
      let root = try file.json()
      var said = AgentStatements(path: file.path)
      for (index, zap) in (root["zaps"]?.array ?? []).enumerated() {
        readZap(zap, number: index + 1, into: &said)
      }
      return said.reading
    })
}

/// The application part of a node, such as `GoogleSheetsV2CLIAPI@2.9.1`.
private struct ZapierApp {
  let key: String

  init(_ written: String) {
    var rest = written.prefix { $0 != "@" }
    for suffix in ["CLIAPI", "DevAPI", "API"]
    where rest.hasSuffix(suffix) && rest.count > suffix.count {
      rest = rest.dropLast(suffix.count)
      break
    }
    if let last = rest.last, last.isNumber, rest.dropLast().hasSuffix("V") {
      rest = rest.dropLast(2)
    }
    key = String(rest)
  }

  private var lowered: String { key.lowercased() }

  /// Whether it is one of Zapier's own tools.
  var isOwn: Bool {
    [
      "filter", "delay", "formatter", "zapierformatter", "code", "schedule", "branching", "paths",
      "webhook", "looping", "storage", "subzap", "digest", "tables", "zapiertables", "interfaces",
      "zapierinterfaces", "humanintheloop", "zapierhumanintheloop", "zapiermanager", "engine",
    ].contains(lowered)
  }

  var kind: Step.Kind {
    switch lowered {
    case "filter", "branching", "paths": .decision
    case "delay": .wait
    case "looping": .group
    case "subzap": .call
    default: .action
    }
  }

  var asksPerson: Bool { lowered.contains("humanintheloop") || lowered.contains("approval") }

  var name: String {
    let spaced = words(ofIdentifier: key)
    return KnownApplication.named(byConnector: key) ?? KnownApplication.named(spaced) ?? spaced
  }

  var channel: Connection.Channel {
    ["mail", "outlook", "smtp"].contains(where: lowered.contains) ? .mail : .api
  }
}

private func readZap(_ zap: DataNode, number: Int, into said: inout AgentStatements) {
  let title = singleLine(zap["title"]?.string)
  let name = title ?? "Zap \(zap["id"]?.text ?? "\(number)")"
  var system = AutomationSystem(name: name, source: (zap["title"] ?? zap).evidence)
  if let id = zap["id"]?.text?.trimmedOrNil { system.addAlias("Zap \(id)") }
  system.kind.state(.workflow, zap.evidence)
  system.technology.state("Zapier", zap.evidence)
  if let purpose = singleLine(zap["description"]?.string) {
    system.purpose.state(purpose, zap.evidence)
  }
  if let status = zap["status"], let text = status.string?.lowercased() {
    switch text {
    case "on", "published": system.status.state(.production, status.evidence)
    case "off", "paused": system.status.state(.disabled, status.evidence)
    case "draft": system.status.state(.development, status.evidence)
    default: break
    }
  }
  let nodes =
    zap["nodes"]?.object?.map { ($0.key, $0.value) }
    ?? (zap["nodes"]?.array ?? []).map { ($0["id"]?.text ?? "", $0) }
  var paused: [SourceLocation] = []
  for (key, node) in nodes {
    guard let written = node["selected_api"]?.string?.trimmedOrNil else {
      if node["type_of"] != nil {
        said.reading.note(
          .medium, "a step of '\(name)' names no application and was left out; export again",
          at: node.location)
      }
      continue
    }
    if node["paused"]?.bool == true, node["parent_id"]?.isNull == false {
      paused.append(node.location)
      continue
    }
    addNode(node, id: node["id"]?.text ?? key, ZapierApp(written), of: name, &said)
  }
  if let first = paused.first {
    said.reading.note(.info, "left out, because they are paused: \(paused.count)", at: first)
  }
  said.add(system)
}

private func addNode(
  _ node: DataNode, id: String, _ app: ZapierApp, of name: String, _ said: inout AgentStatements
) {
  let action = node["action"]?.string?.trimmedOrNil
  let label =
    singleLine(node["title"]?.string)
    ?? [app.isOwn ? app.key : app.name, action].compactMap(\.self).joined(separator: ": ")
  let isStart = node["parent_id"]?.text == nil && node["root_id"]?.text == nil
  let source = EntityReference(.system, name)
  let kind: Step.Kind =
    app.asksPerson
    ? .human : isStart ? .wait : node["type_of"]?.string == "filter" ? .decision : app.kind
  said.reading.fragment.steps.append(
    Step(system: name, id: id, name: label, kind: kind, evidence: node.evidence))
  if app.asksPerson {
    said.reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: name, step: id, name: label,
        kind: touchPointKind(label: label, fallback: .approval), evidence: node.evidence))
  }
  if isStart {
    let isSchedule = app.key.lowercased() == "schedule"
    let isHook = app.key.lowercased() == "webhook"
    said.reading.fragment.triggers.append(
      Trigger(
        system: name, kind: isSchedule ? .schedule : isHook ? .call : .event, expression: label,
        evidence: node.evidence))
  }
  if app.key.lowercased() == "webhook", !isStart {
    let address = node["params"]?["url"]?.string ?? ""
    let target = application(ofAddress: address) ?? "computed address in '\(name)'"
    said.connect(
      source, httpDirection(action), EntityReference(.application, target), .api, action,
      node.evidence)
    return
  }
  guard !app.isOwn else { return }
  let application = EntityReference(.application, app.name)
  if isStart {
    said.connect(application, .triggers, source, app.channel, action, node.evidence)
    return
  }
  let stated: Connection.Kind? =
    switch node["type_of"]?.string {
    case "read", "search", "read_bulk": .reads
    case "write", "search_or_write": .writes
    default: nil
    }
  said.connect(
    source, stated ?? action.flatMap(direction(ofOperation:)) ?? .invokes, application, app.channel,
    action, node.evidence)
}
