import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Interfaces that agents and automations call, as OpenAPI 3.0 to 3.2 or Swagger 2.0 describe them
  /// (spec.openapis.org), with the extensions by which products ask people to confirm.
  ///
  /// Such a document describes an application and no automation: its operations are listed under the
  /// application's name, and no system comes of it.
  static let openAPI = ImportFormat(
    id: "openapi", title: "OpenAPI description",
    isFormat: { file in OpenAPIFile.root(of: file) != nil },
    readFile: { file throws(DocumentError) in
      guard let root = OpenAPIFile.root(of: file) else {
        throw DocumentError(
          .malformed, "the file is no OpenAPI description", at: file.location)
      }
      return OpenAPIFile(root, path: file.path).reading()
    })
}

/// One OpenAPI document.
struct OpenAPIFile {
  private let root: DataNode
  private let path: String

  init(_ root: DataNode, path: String) {
    self.root = root
    self.path = path
  }

  /// The document of a file, where it is one.
  static func root(of file: CandidateFile) -> DataNode? {
    guard file.contains("openapi") || file.contains("swagger"),
      file.firstByte != UInt8(ascii: "<")
    else { return nil }
    let isJSON = file.firstByte == UInt8(ascii: "{")
    let parsed = isJSON ? try? file.json() : try? file.yaml()
    guard let root = parsed, root.object != nil else { return nil }
    let version = (root["openapi"] ?? root["swagger"])?.text ?? ""
    let isVersion = version.hasPrefix("3") || version.hasPrefix("2")
    let hasContent = ["paths", "info", "webhooks", "components"].contains { root[$0] != nil }
    return isVersion && hasContent ? root : nil
  }

  // MARK: Reading

  /// What the document says.
  func reading() -> FileReading {
    var statements = AgentStatements(path: path)
    let hosts = servers()
    let products = hosts.compactMap { KnownApplication.named(byHost: $0) }
    let (title, titled) = title(hosts)
    // A description of a known product's interface speaks of that product.
    let name = products.first ?? title
    let evidence = products.isEmpty ? titled : (root["servers"] ?? root["host"] ?? root).evidence
    var seen: Set<String> = [name]
    let aliases = (hosts + products).filter { seen.insert($0).inserted }
    var count = 0
    for path in root["paths"]?.object ?? [] {
      count += addOperations(of: path, to: name, &statements)
    }
    guard count > 0 || !hosts.isEmpty else {
      statements.reading.isBeside = true
      statements.reading.note(
        .info, "the description has neither an operation nor a server", at: root.location)
      return statements.reading
    }
    statements.addApplication(name, aliases: aliases, evidence)
    if hosts.isEmpty {
      statements.reading.note(
        .info, "the description names no server by its host; it is known by its title only",
        at: root.location)
    }
    if let hooks = root["webhooks"] ?? root["x-webhooks"], let events = hooks.object,
      !events.isEmpty
    {
      statements.reading.note(
        .info, "\(events.count) webhooks, which call others, are not listed as operations",
        at: hooks.location)
    }
    addSecurity(to: name, &statements)
    return statements.reading
  }

  private func title(_ hosts: [String]) -> (String, Evidence) {
    if let title = root["info"]?["title"], let text = title.string?.trimmedOrNil {
      let plain = [" REST API", " API"].first { text.hasSuffix($0) }.map {
        String(text.dropLast($0.count))
      }
      return (plain.flatMap { KnownApplication.named($0) } ?? text, title.evidence)
    }
    if let host = hosts.first {
      return (host, (root["servers"] ?? root["host"] ?? root).inferred("named after its server"))
    }
    return (stem(of: lastComponent(of: path)), root.inferred("named after its file"))
  }

  /// Hosts of the servers, each once; variables take their default values.
  private func servers() -> [String] {
    var addresses: [String] = []
    if let host = root["host"]?.string { addresses.append("https://\(host)/") }
    for server in (root["servers"]?.array ?? []).prefix(200) {
      guard var url = server["url"]?.string else { continue }
      for variable in (server["variables"]?.object ?? []).prefix(20) {
        guard let value = variable.value["default"]?.text else { continue }
        url = url.replacing("{\(variable.key)}", with: value)
      }
      addresses.append(url)
    }
    var hosts: [String] = []
    for address in addresses {
      guard let host = host(ofAddress: address), !isLoopback(host), !hosts.contains(host) else {
        continue
      }
      hosts.append(host)
    }
    return hosts
  }

  // MARK: Operations

  private static let methods = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
  ]

  private func addOperations(
    of path: DataMember, to application: String, _ statements: inout AgentStatements
  ) -> Int {
    if path.value["$ref"] != nil {
      statements.reading.note(
        .low, "the operations of a path are in another place, which is not followed",
        at: path.value.location)
    }
    var count = 0
    let additional = path.value["additionalOperations"]?.object ?? []
    let own = (path.value.object ?? []).filter { Self.methods.contains($0.key.lowercased()) }
    for member in own + additional where member.value.object != nil {
      count += 1
      let operation = member.value
      let id =
        operation["operationId"]?.text?.trimmedOrNil ?? "\(member.key.uppercased()) \(path.key)"
      let evidence = Evidence(.imported, member.keyLocation)
      statements.reading.fragment.steps.append(
        Step(
          system: application, id: id, name: operation["summary"]?.string?.trimmedOrNil,
          kind: .action, evidence: evidence))
      if let mark = confirmation(operation) {
        statements.reading.fragment.touchPoints.append(
          HumanTouchPoint(
            system: application, step: id, name: operation["summary"]?.string?.trimmedOrNil,
            kind: .approval,
            evidence: Evidence(
              .imported, mark.location, note: "a person confirms before an agent calls it")))
      }
    }
    return count
  }

  /// The mark by which an agent's product asks a person before it calls; `nil` where it does not.
  private func confirmation(_ operation: DataNode) -> DataNode? {
    for key in [
      "x-openai-isConsequential", "x-requireConfirmation", "x-require-confirmation",
      "x-ms-require-user-confirmation", "x-user-confirmation",
    ] {
      guard let mark = operation[key] else { continue }
      let text = mark.text?.uppercased()
      if mark.bool == true || ["ENABLED", "TRUE", "ALWAYS", "REQUIRED"].contains(text) {
        return mark
      }
    }
    let capabilities = operation["x-openai-capabilities"] ?? operation["x-ms-capabilities"]
    return capabilities?["confirmation"]
  }

  // MARK: Security

  private func addSecurity(to application: String, _ statements: inout AgentStatements) {
    let schemes = root["components"]?["securitySchemes"] ?? root["securityDefinitions"]
    for member in schemes?.object ?? [] {
      statements.addCredential(
        member.key, of: application, application: application,
        Evidence(.imported, member.keyLocation, note: member.value["type"]?.string))
      let flows = member.value["flows"]?.object?.map(\.value) ?? [member.value]
      for flow in flows {
        for scope in flow["scopes"]?.object ?? [] {
          statements.addPermission(
            scope.key, of: application, application: application,
            Evidence(.imported, scope.keyLocation, note: "a scope that callers ask for"))
        }
      }
    }
  }
}
