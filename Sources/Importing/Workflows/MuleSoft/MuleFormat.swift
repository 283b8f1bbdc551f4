import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// MuleSoft applications: projects of Anypoint Studio and Code Builder, and the deployable jar.
  static let muleSoft = ImportFormat(
    id: "mulesoft", title: "MuleSoft application",
    sniff: { file in
      // In a jar the descriptors lie deep, in META-INF, and the flows at the root.
      let isPacked = file.path.contains("META-INF/")
      if let root = file.xmlRootName {
        if isMuleRoot(root.namespace, root.name) { return .part }
        guard root.name == "project", file.contains("<packaging>mule-") else { return nil }
        return isPacked ? .part : .anchor
      }
      guard file.contains("\"minMuleVersion\""), file.jsonObject?["minMuleVersion"] != nil else {
        return nil
      }
      return isPacked ? .part : .anchor
    },
    read: { group in MuleProject(group).readings() })
}

private func isMuleRoot(_ namespace: String?, _ name: String) -> Bool {
  guard let namespace, ["mule", "mule-domain"].contains(name) else { return false }
  return namespace.hasPrefix("http://www.mulesoft.org/schema/mule/")
    || namespace.hasPrefix("http://www.mulesource.org/schema/mule/")
}

/// The files of one application.
struct MuleProject {
  private var failures: [FileReading] = []
  private var flows: [(path: String, root: XMLElement)] = []
  private var descriptors: [(path: String, root: XMLElement)] = []
  private var artifacts: [(path: String, node: DataNode)] = []
  private let folder: String

  init(_ group: ImportGroup) {
    folder = group.folder
    for file in group.files {
      do {
        if file.xmlRootName == nil {
          artifacts.append((file.path, try file.json()))
        } else {
          let root = try file.xml()
          if root.name == "project" {
            descriptors.append((file.path, root))
          } else {
            flows.append((file.path, root))
          }
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
  }

  func readings() -> [FileReading] {
    let configurations = MuleConfigurations(flows.map(\.root))
    // What presents itself by a card of the Agent2Agent protocol is an agent.
    let isAgent = flows.contains { $0.root.children.contains(where: MuleWalk.isAgentServer) }
    let name = applicationName()
    var names: Set<String> = []
    for (_, root) in flows {
      for flow in root.children { if let name = flow["name"] { names.insert(name) } }
    }
    var readings = failures
    for (path, root) in flows {
      if isTestSuite(root) {
        readings.append(beside(path, "the file tests flows (MUnit) and is no part of what runs"))
        continue
      }
      var walk = MuleWalk(
        root, application: name, kind: isAgent ? .agent : .workflow,
        configurations: configurations, flowNames: names, path: path)
      readings.append(walk.reading())
    }
    readings += descriptors.map { readDescriptor($0.path, $0.root, name) }
    readings += artifacts.map { readArtifact($0.path, $0.node, name) }
    return readings
  }

  private func isTestSuite(_ root: XMLElement) -> Bool {
    let parts = root.children
    return parts.contains { ($0.namespace ?? "").hasSuffix("/munit") }
      && !parts.contains { ["flow", "sub-flow"].contains($0.name) }
  }

  private func beside(_ path: String, _ reason: String) -> FileReading {
    var reading = FileReading(path: path)
    reading.isBeside = true
    reading.note(.info, reason, at: SourceLocation(path: path))
    return reading
  }

  // MARK: The application

  /// What the application is called: by its descriptor, else by the folder of the project.
  private func applicationName() -> Fact<String> {
    for (_, root) in descriptors {
      for key in ["name", "artifactId"] {
        guard let element = root.first(key), let text = element.text.trimmedOrNil,
          !text.contains("${")
        else { continue }
        return Fact(text, Evidence(.imported, element.location))
      }
    }
    let path = flows.first?.path ?? artifacts.first?.path ?? descriptors.first?.path ?? folder
    let note = "named after its folder, which has no descriptor"
    let evidence = Evidence(.inferred, SourceLocation(path: path), note: note)
    let generic = ["src", "main", "mule", "app", "resources", "meta-inf", "mule-artifact", "test"]
    // Of `a/order-api/src/main/mule/x.xml` that is `order-api`, of `order-api.jar!/x.xml` the jar.
    let folders = path.split(separator: "/").dropLast().map(String.init)
    if let source = folders.lastIndex(of: "src"), source > 0 {
      return Fact(plain(folders[source - 1]), evidence)
    }
    if let named = folders.last(where: { !generic.contains($0.lowercased()) }) {
      return Fact(plain(named), evidence)
    }
    return Fact(stem(of: lastComponent(of: path)), evidence)
  }

  /// `order-api.jar!` without what makes it a file.
  private func plain(_ folder: String) -> String {
    folder.hasSuffix("!") ? stem(of: String(folder.dropLast())) : folder
  }

  private func readDescriptor(_ path: String, _ root: XMLElement, _ name: Fact<String>)
    -> FileReading
  {
    guard !flows.isEmpty else {
      return beside(path, "the project describes a MuleSoft application whose flows are not here")
    }
    var reading = FileReading(path: path)
    let whole = Evidence(.imported, root.location)
    var system = AutomationSystem(name: name.value, source: whole)
    if let id = root.first("artifactId")?.text.trimmedOrNil, id != name.value {
      system.aliases.append(id)
    }
    if let element = root.first("description"), let text = element.text.trimmedOrNil {
      system.purpose.state(text, Evidence(.imported, element.location))
    }
    if let element = root.first("version"), let text = element.text.trimmedOrNil,
      !text.contains("${")
    {
      system.version.state(text, Evidence(.imported, element.location))
    }
    system.technology.state("MuleSoft", whole)
    reading.fragment.systems = [system]
    return reading
  }

  private func readArtifact(_ path: String, _ node: DataNode, _ name: Fact<String>) -> FileReading {
    guard !flows.isEmpty else {
      return beside(
        path, "the file names the runtime of a MuleSoft application whose flows are not here")
    }
    var reading = FileReading(path: path)
    let whole = Evidence(.imported, node.location)
    var system = AutomationSystem(name: name.value, source: whole)
    if let own = node["name"]?.string?.trimmedOrNil, own != name.value, !own.contains("${") {
      system.aliases.append(own)
    }
    system.technology.state("MuleSoft", whole)
    reading.fragment.systems = [system]
    for property in node["secureProperties"]?.array ?? [] {
      guard let key = property.string?.trimmedOrNil else { continue }
      reading.fragment.credentials.append(
        CredentialUse(
          system: name.value, name: key, evidence: Evidence(.imported, property.location)))
    }
    return reading
  }
}
