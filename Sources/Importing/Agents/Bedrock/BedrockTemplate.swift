import DocumentReading
import Facts
import Inventory

/// The resources of a template that Bedrock's agents consist of.
struct BedrockTemplate {
  private let root: DataNode
  private let path: String
  /// All resources by logical id.
  private let all: [String: DataNode]
  /// Resources of Bedrock, in their order.
  let resources: [DataMember]

  init(_ root: DataNode, path: String) {
    self.root = root
    self.path = path
    let members = (root["Resources"] ?? root["resources"]?["Resources"])?.object ?? []
    all = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    resources = members.filter { $0.value["Type"]?.string?.hasPrefix("AWS::Bedrock::") == true }
  }

  func read(into statements: inout AgentStatements) {
    for resource in resources {
      let properties = resource.value["Properties"] ?? resource.value
      switch resource.value["Type"]?.string {
      case "AWS::Bedrock::Agent":
        BedrockAgent(node: properties, id: resource.key, template: self).add(to: &statements)
      case "AWS::Bedrock::Flow":
        BedrockFlow(node: properties, id: resource.key, template: self).add(to: &statements)
      case "AWS::Bedrock::KnowledgeBase":
        addKnowledge(properties, id: resource.key, &statements)
      case "AWS::Bedrock::DataSource": addDataSource(properties, &statements)
      default: break
      }
    }
  }

  /// What an agent or a flow says of itself: names, purpose and version; `nil` where it has no name.
  ///
  /// - Parameters:
  ///   - id: its name in the template.
  ///   - name: the member with its name.
  ///   - otherNames: members with names that others call it by.
  ///   - version: the member with its version.
  func system(
    _ node: DataNode, id: String?, name: String, otherNames: [String], version: String
  ) -> AutomationSystem? {
    let title = node.member(name)
    guard let name = text(title) ?? id else { return nil }
    var system = AutomationSystem(name: name, source: (title ?? node).evidence)
    if let id { system.addAlias(id) }
    for other in otherNames {
      if let alias = node[other]?.string { system.addAlias(alias) }
    }
    if let description = node.member("Description"), let purpose = singleLine(text(description)) {
      system.purpose.state(purpose, description.evidence)
    }
    if let member = node[version], let number = member.text {
      system.version.state(number, member.evidence)
    }
    return system
  }

  // MARK: Names

  /// A value as text, with parameters put in by their defaults and resources by their names.
  func text(_ node: DataNode?) -> String? {
    guard let node, let written = templateText(of: node) else { return nil }
    return resolve(written, depth: 0).trimmedOrNil
  }

  private func resolve(_ text: String, depth: Int) -> String {
    guard depth < 4, text.contains("${") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      result += rest[..<open.lowerBound]
      let inner = rest[open.upperBound...].prefix { $0 != "}" }
      result += replacement(String(inner), depth: depth)
      rest = rest[inner.endIndex...].dropFirst()
    }
    return result + rest
  }

  private func replacement(_ reference: String, depth: Int) -> String {
    if reference.hasPrefix("AWS::") { return "" }
    let id = reference.split(separator: ".").first.map(String.init) ?? reference
    if let value = root["Parameters"]?[id]?["Default"]?.text { return value }
    guard let resource = all[id] else { return id }
    let properties = resource["Properties"]
    for key in ["AgentName", "FunctionName", "RoleName", "Name", "BucketName", "GuardrailName"] {
      guard let node = properties?[key], let written = templateText(of: node) else { continue }
      let plain = resolve(written, depth: depth + 1)
      if !plain.isEmpty { return plain.trimmingStrokes }
    }
    return id
  }

  /// The resource that a value refers to.
  func resource(_ node: DataNode?) -> (id: String, node: DataNode)? {
    guard let node, let written = templateText(of: node), written.hasPrefix("${") else {
      return nil
    }
    let id = written.dropFirst(2).prefix { $0 != "}" && $0 != "." }
    return all[String(id)].map { (String(id), $0) }
  }

  /// The name of the agent whose alias a value refers to, else the identifier in it.
  func agent(ofAlias node: DataNode?) -> String? {
    if let (_, alias) = resource(node), alias["Type"]?.string == "AWS::Bedrock::AgentAlias",
      let agent = alias["Properties"]?["AgentId"]
    {
      return text(agent)
    }
    // arn:aws:bedrock:region:account:agent-alias/AGENT/ALIAS
    guard let written = text(node) else { return nil }
    let parts = written.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : written
  }

  /// What an identifier, name or ARN refers to, without what only says where it lies.
  func shortName(_ node: DataNode?) -> String? {
    guard let written = text(node) else { return nil }
    let last = written.split(separator: "/").last.map(String.init) ?? written
    guard last.hasPrefix("arn:") else { return last }
    return last.split(separator: ":").last.map(String.init) ?? last
  }

  // MARK: Functions

  /// Adds a function of AWS Lambda that the template declares itself; one that it only names stays a
  /// name.
  ///
  /// - Returns: what the function is called: its name, or its logical id where its name is but that of
  ///   `caller` with the region behind it.
  func addFunction(
    _ node: DataNode?, named written: String, besides caller: String,
    _ statements: inout AgentStatements
  ) -> String {
    guard let (id, function) = resource(node),
      ["AWS::Lambda::Function", "AWS::Serverless::Function"].contains(function["Type"]?.string)
    else { return written }
    let name = nameKey(written) == nameKey(caller) ? id : written
    guard !statements.reading.fragment.systems.contains(where: { $0.name == name }) else {
      return name
    }
    let properties = function["Properties"]
    var system = AutomationSystem(name: name, source: function.evidence)
    system.kind.state(.script, function.evidence)
    system.technology.state("AWS Lambda", (function["Type"] ?? function).evidence)
    if id != name { system.addAlias(id) }
    if let text = properties?["Description"], let purpose = singleLine(self.text(text)) {
      system.purpose.state(purpose, text.evidence)
    }
    system.unknowns.append("What it does is in its code, which is not read.")
    statements.add(system)
    return name
  }

  // MARK: Permissions

  /// Adds what the role of an agent allows, where the template has the role.
  func addRole(_ node: DataNode?, of system: String, _ statements: inout AgentStatements) {
    guard let node, let name = shortName(node) else { return }
    statements.addPermission("run as \(name)", of: system, node.evidence)
    guard let role = resource(node)?.node["Properties"] else { return }
    for policy in role["Policies"]?.array ?? [] {
      let list = policy["PolicyDocument"]?["Statement"]
      for statement in list?.array ?? [list].compactMap(\.self)
      where statement["Effect"]?.string != "Deny" {
        let actions = statement["Action"]
        for action in actions?.array ?? [actions].compactMap(\.self) {
          if let text = action.string {
            statements.addPermission(text, of: system, action.evidence)
          }
        }
      }
    }
  }

  // MARK: Knowledge bases

  /// The name of a knowledge base by a reference to it.
  func knowledgeName(_ node: DataNode?) -> String? { shortName(node) }

  /// Adds a knowledge base as an application, with the store that it keeps its index in.
  func addKnowledge(_ base: DataNode, id: String?, _ statements: inout AgentStatements) {
    guard let name = text(base.member("Name")) ?? id else { return }
    let key = base.member("KnowledgeBaseId")?.string
    statements.addApplication(name, aliases: [key, id], base.evidence)
    if let storage = base.member("StorageConfiguration"),
      let type = storage.member("Type")?.string
    {
      let stores = [
        "OPENSEARCH_SERVERLESS": "Amazon OpenSearch",
        "OPENSEARCH_MANAGED_CLUSTER": "Amazon OpenSearch",
        "PINECONE": "Pinecone", "RDS": "Amazon RDS", "MONGO_DB_ATLAS": "MongoDB",
        "REDIS_ENTERPRISE_CLOUD": "Redis", "NEPTUNE_ANALYTICS": "Amazon Neptune",
        "S3_VECTORS": "Amazon S3",
      ]
      statements.connect(
        EntityReference(.application, name), .reads,
        EntityReference(.application, stores[type] ?? type), .database, "index", storage.evidence)
    }
  }

  private func addDataSource(_ source: DataNode, _ statements: inout AgentStatements) {
    guard let base = knowledgeName(source.member("KnowledgeBaseId")) else { return }
    let configuration = source.member("DataSourceConfiguration")
    let products = [
      "S3": "Amazon S3", "CONFLUENCE": "Confluence", "SHAREPOINT": "SharePoint",
      "SALESFORCE": "Salesforce", "WEB": "World Wide Web",
    ]
    let type = configuration?.member("Type")?.string ?? "S3"
    let bucket = shortName(configuration?.member("S3Configuration")?.member("BucketArn"))
    statements.connect(
      EntityReference(.application, base), .reads,
      EntityReference(.application, products[type] ?? type), .api, "data source",
      data: [bucket].compactMap(\.self), source.evidence)
  }
}

extension String {
  /// Without the strokes that a region or account leaves behind where its value is not known.
  fileprivate var trimmingStrokes: String {
    var rest = self[...]
    while let last = rest.last, "-_/:".contains(last) { rest = rest.dropLast() }
    while let first = rest.first, "-_/:".contains(first) { rest = rest.dropFirst() }
    return rest.isEmpty ? self : String(rest)
  }
}
