import DocumentReading
import Facts
import Inventory

/// A bill of materials of CycloneDX, in JSON or XML, as far as it speaks of an estate.
struct CycloneDXBill {
  /// A component or service.
  struct Part {
    var reference: String?
    var name: String
    /// Type of a component, such as `machine-learning-model`; `service` for a service.
    var type: String
    var endpoints: [String] = []
    /// What flows, each with its direction as seen from the service.
    var data: [(flow: String, name: String)] = []
    var place: SourceLocation
  }

  /// A part that needs others, by their references.
  struct Dependency {
    var source: String
    var target: String
    var place: SourceLocation
  }

  /// A workflow of the formulation, or a task or step of one.
  struct Work {
    var id: String?
    var name: String?
    var purpose: String?
    var trigger: String?
    var start: String?
    var end: String?
    var tasks: [Work] = []
    var place: SourceLocation
  }

  var main: Part?
  var components: [Part] = []
  var services: [Part] = []
  var dependencies: [Dependency] = []
  var workflows: [Work] = []

  // MARK: JSON

  init(_ root: DataNode) {
    main = root["metadata"]?["component"].flatMap { Self.part($0, nil) }
    collect(components: root["components"], depth: 0)
    collect(services: root["services"], depth: 0)
    for item in root["dependencies"]?.array ?? [] {
      guard let source = item["ref"]?.string else { continue }
      for target in item["dependsOn"]?.array ?? [] {
        if let text = target.string {
          dependencies.append(Dependency(source: source, target: text, place: target.location))
        }
      }
    }
    for formula in root["formulation"]?.array ?? [] {
      workflows += (formula["workflows"]?.array ?? []).map { Self.work($0, depth: 0) }
    }
  }

  private static func part(_ node: DataNode, _ type: String?) -> Part? {
    guard let name = singleLine(node["name"]?.text) else { return nil }
    return Part(
      reference: node["bom-ref"]?.string, name: name, type: type ?? node["type"]?.string ?? "",
      endpoints: (node["endpoints"]?.array ?? []).compactMap(\.string),
      data: (node["data"]?.array ?? []).compactMap { item in
        let name = item["name"]?.string ?? item["classification"]?.string
        return name.map { (item["flow"]?.string ?? "unknown", $0) }
      }, place: node.location)
  }

  private mutating func collect(components: DataNode?, depth: Int) {
    guard depth < 50 else { return }
    for node in components?.array ?? [] {
      if let part = Self.part(node, nil) { self.components.append(part) }
      collect(components: node["components"], depth: depth + 1)
    }
  }

  private mutating func collect(services: DataNode?, depth: Int) {
    guard depth < 50 else { return }
    for node in services?.array ?? [] {
      if let part = Self.part(node, "service") { self.services.append(part) }
      collect(services: node["services"], depth: depth + 1)
    }
  }

  private static func work(_ node: DataNode, depth: Int) -> Work {
    var work = Work(
      id: node["uid"]?.text ?? node["bom-ref"]?.string, name: singleLine(node["name"]?.text),
      purpose: singleLine(node["description"]?.string), trigger: node["trigger"]?["type"]?.string,
      start: node["timeStart"]?.string, end: node["timeEnd"]?.string, place: node.location)
    guard depth < 3 else { return work }
    for key in ["tasks", "steps"] {
      work.tasks += (node[key]?.array ?? []).map { Self.work($0, depth: depth + 1) }
    }
    return work
  }

  // MARK: XML

  init(_ root: XMLElement) {
    main = root.first("metadata")?.first("component").flatMap { Self.part($0, nil) }
    collect(root.first("components"), "component", depth: 0)
    collect(root.first("services"), "service", depth: 0)
    for item in root.first("dependencies")?.all("dependency") ?? [] {
      guard let source = item["ref"] else { continue }
      for target in item.all("dependency") {
        if let text = target["ref"] {
          dependencies.append(Dependency(source: source, target: text, place: target.location))
        }
      }
    }
    for formula in root.first("formulation")?.all("formula") ?? [] {
      workflows += (formula.first("workflows")?.all("workflow") ?? []).map {
        Self.work($0, depth: 0)
      }
    }
  }

  private static func part(_ node: XMLElement, _ type: String?) -> Part? {
    guard let name = singleLine(node.first("name")?.text) else { return nil }
    let data = node.first("data")
    return Part(
      reference: node["bom-ref"], name: name, type: type ?? node["type"] ?? "",
      endpoints: (node.first("endpoints")?.all("endpoint") ?? []).map(\.text),
      data: ((data?.all("classification") ?? []) + (data?.all("dataflow") ?? [])).compactMap {
        item in
        let name = item["name"] ?? singleLine(item.first("classification")?.text ?? item.text)
        return name.map { (item["flow"] ?? "unknown", $0) }
      }, place: node.location)
  }

  private mutating func collect(_ parent: XMLElement?, _ name: String, depth: Int) {
    guard depth < 50 else { return }
    for node in parent?.all(name) ?? [] {
      if name == "service" {
        if let part = Self.part(node, "service") { services.append(part) }
      } else if let part = Self.part(node, nil) {
        components.append(part)
      }
      collect(node.first("\(name)s"), name, depth: depth + 1)
    }
  }

  private static func work(_ node: XMLElement, depth: Int) -> Work {
    var work = Work(
      id: node.first("uid")?.text ?? node["bom-ref"], name: singleLine(node.first("name")?.text),
      purpose: singleLine(node.first("description")?.text),
      trigger: singleLine(node.first("trigger")?.first("type")?.text),
      start: node.first("timeStart")?.text, end: node.first("timeEnd")?.text, place: node.location)
    guard depth < 3 else { return work }
    for (list, item) in [("tasks", "task"), ("steps", "step")] {
      work.tasks += (node.first(list)?.all(item) ?? []).map { Self.work($0, depth: depth + 1) }
    }
    return work
  }
}
