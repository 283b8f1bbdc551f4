import DocumentReading
import Facts
import Inventory

/// A value of a template as text, with references as placeholders: `!GetAtt F.Arn` is `${F.Arn}`.
///
/// `nil` for what is computed in other ways (`Fn::Select`, `Fn::If` and the like).
func templateText(of node: DataNode) -> String? {
  func joined(_ arguments: DataNode) -> String? {
    guard let parts = arguments[1]?.array, let separator = arguments[0]?.string else { return nil }
    let texts = parts.map(templateText(of:))
    return texts.contains { $0 == nil }
      ? nil : texts.compactMap(\.self).joined(separator: separator)
  }
  func attribute(_ arguments: DataNode) -> String? {
    if let text = arguments.string { return "${\(text)}" }
    guard let id = arguments[0]?.string else { return nil }
    return "${\(id).\(arguments[1]?.string ?? "")}"
  }
  switch node.tag {
  case "!Ref": return node.string.map { "${\($0)}" }
  case "!GetAtt": return attribute(node)
  case "!Sub": return node.string ?? node[0]?.string
  case "!Join": return joined(node)
  default: break
  }
  if let text = node.text { return text }
  guard let member = node.object?.first, node.object?.count == 1 else { return nil }
  switch member.key {
  case "Ref": return member.value.string.map { "${\($0)}" }
  case "Fn::GetAtt": return attribute(member.value)
  case "Fn::Sub": return member.value.string ?? member.value[0]?.string
  case "Fn::Join": return joined(member.value)
  default: return nil
  }
}

/// A template of CloudFormation, as SAM and CDK write it too, or a `serverless.yml`.
struct CloudFormationTemplate {
  /// A state machine among the resources.
  struct Machine {
    var id: String
    var node: DataNode
    var inline: DataNode?
    var text: String?
    var uri: String?
    /// Where its definition is said to be.
    var place: DataNode
    var isServerless = false
  }

  let root: DataNode
  private let resources: [DataMember]
  /// What resources are called, by their logical ids.
  private let names: [String: String]

  init(_ root: DataNode, path: String) {
    self.root = root
    resources = (root["Resources"] ?? root["resources"]?["Resources"])?.object ?? []
    names = Dictionary(
      resources.map { ($0.key, Self.name(of: $0, path: path)) },
      uniquingKeysWith: { first, _ in first })
  }

  func machines() -> [Machine] {
    var found: [Machine] = []
    for resource in resources {
      let type = resource.value["Type"]?.string ?? ""
      guard type == "AWS::StepFunctions::StateMachine" || type == "AWS::Serverless::StateMachine"
      else { continue }
      let properties = resource.value["Properties"]
      var machine = Machine(
        id: resource.key, node: resource.value, place: properties ?? resource.value)
      if let inline = properties?["Definition"] {
        machine.place = inline
        if StateMachineFile.isDefinition(inline) { machine.inline = inline }
      } else if let text = properties?["DefinitionString"] {
        machine.place = text
        machine.text = templateText(of: text)
        // CDK and others may write the text as what it means.
        if StateMachineFile.isDefinition(text) { machine.inline = text }
      } else if let uri = properties?["DefinitionUri"] ?? properties?["DefinitionS3Location"] {
        machine.place = uri
        machine.uri = templateText(of: uri) ?? uri["Key"].flatMap(templateText(of:))
      }
      found.append(machine)
    }
    for member in root["stepFunctions"]?["stateMachines"]?.object ?? [] {
      var machine = Machine(
        id: member.key, node: member.value, place: member.value, isServerless: true)
      if let definition = member.value["definition"] {
        machine.place = definition
        if StateMachineFile.isDefinition(definition) {
          machine.inline = definition
        } else if let text = definition.string {
          // `${file(path/to/definition.yml)}`, perhaps with a key behind it.
          if let open = text.ranges(of: "file(").first,
            let close = text[open.upperBound...].firstIndex(of: ")")
          {
            machine.uri = String(text[open.upperBound..<close])
          } else {
            machine.text = text
          }
        }
      }
      found.append(machine)
    }
    return found
  }

  /// What a resource is called: its own name where it is plain, else its place in the CDK's tree of
  /// constructs, else its logical id, or the template's folder where that says only what it is.
  private static func name(of member: DataMember, path: String) -> String {
    let id = member.key
    let resource = member.value
    let properties = resource["Properties"]
    for key in [
      "StateMachineName", "FunctionName", "TableName", "QueueName", "TopicName", "BucketName",
      "Name",
    ] {
      if let name = properties?[key]?.string?.trimmedOrNil, !name.contains("${") { return name }
    }
    if let path = resource["Metadata"]?["aws:cdk:path"]?.string {
      let parts = path.split(separator: "/").map(String.init)
      if parts.count > 2, ["Resource", "Default"].contains(parts[parts.count - 1]) {
        return parts[parts.count - 2]
      }
    }
    let isMachine = resource["Type"]?.string?.hasSuffix("::StateMachine") == true
    guard isMachine, isGenericNameOfStateMachine(id) else { return id }
    let folder = nameOfStateMachine(at: path)
    return isGenericNameOfStateMachine(folder) ? id : folder
  }

  func description(of machine: Machine) -> StateMachineDescription {
    let evidence = Evidence(.imported, machine.node.location)
    let properties = machine.isServerless ? machine.node : machine.node["Properties"]
    let name: String
    if machine.isServerless {
      let given = properties?["name"]?.string?.trimmedOrNil
      name = given.flatMap { $0.contains("${") ? nil : $0 } ?? machine.id
    } else {
      name = names[machine.id] ?? machine.id
    }
    var description = StateMachineDescription(name: Fact(name, evidence))
    description.source = evidence
    if !isGenericNameOfStateMachine(machine.id) { description.aliases = [machine.id] }
    description.substitutions = names
    let given = properties?["DefinitionSubstitutions"]?.object ?? []
    let ids = description.substitutions
    for substitution in given {
      guard let text = templateText(of: substitution.value) else { continue }
      description.substitutions[substitution.key] = Self.resolve(text, ids)
    }
    addRole(properties, ids, to: &description)
    addEvents(machine, properties, to: &description)
    for tag in properties?["Tags"]?.array ?? [] where tag["Key"]?.string?.lowercased() == "owner" {
      if let owner = tag["Value"]?.string?.trimmedOrNil {
        description.owner = Fact(owner, Evidence(.imported, tag.location, note: "tag"))
      }
    }
    for tag in properties?["Tags"]?.object ?? [] where tag.key.lowercased() == "owner" {
      if let owner = tag.value.string?.trimmedOrNil {
        description.owner = Fact(owner, Evidence(.imported, tag.keyLocation, note: "tag"))
      }
    }
    return description
  }

  /// `${F.Arn}` becomes the name of resource `F`; other texts stay.
  private static func resolve(_ text: String, _ ids: [String: String]) -> String {
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return text }
    let id = text.dropFirst(2).dropLast().split(separator: ".").first.map(String.init) ?? text
    return ids[id] ?? id
  }

  private func addRole(
    _ properties: DataNode?, _ ids: [String: String], to description: inout StateMachineDescription
  ) {
    if let role = properties?["Role"] ?? properties?["RoleArn"] ?? properties?["role"],
      let text = templateText(of: role)
    {
      description.permissions.append(
        Fact(
          "run as \(Self.resolve(StateMachineTask.lastPart(of: text), ids))",
          Evidence(.imported, role.location)))
    }
    let policies = properties?["Policies"]
    for policy in policies?.array ?? [policies].compactMap(\.self) {
      let evidence = Evidence(.imported, policy.location)
      if let name = policy.string {
        description.permissions.append(Fact(StateMachineTask.lastPart(of: name), evidence))
      } else if let statements = policy["Statement"] {
        for statement in statements.array ?? [statements]
        where statement["Effect"]?.string != "Deny" {
          let actions = statement["Action"]
          for action in actions?.array ?? [actions].compactMap(\.self) {
            guard let name = action.string else { continue }
            description.permissions.append(Fact(name, Evidence(.imported, action.location)))
          }
        }
      } else if let member = policy.object?.first {
        let subject = member.value.object?.first.flatMap { templateText(of: $0.value) }
        let name = subject.map { "\(member.key) (\(Self.resolve($0, ids)))" } ?? member.key
        description.permissions.append(Fact(name, evidence))
      }
    }
  }

  // MARK: What starts it

  private func addEvents(
    _ machine: Machine, _ properties: DataNode?, to description: inout StateMachineDescription
  ) {
    for event in properties?["Events"]?.object ?? [] {
      let settings = event.value["Properties"]
      let evidence = Evidence(.imported, event.keyLocation)
      switch event.value["Type"]?.string {
      case "Schedule", "ScheduleV2":
        let expression = settings?["Schedule"] ?? settings?["ScheduleExpression"]
        description.triggers.append(
          (.schedule, expression.flatMap(templateText(of:)) ?? event.key, evidence))
      case "Api", "HttpApi":
        let parts = ["Method", "Path"].compactMap { settings?[$0]?.string }
        description.triggers.append(
          (.call, parts.joined(separator: " ").trimmedOrNil ?? event.key, evidence))
      default:
        description.triggers.append(
          (.event, pattern(settings?["Pattern"]) ?? event.key, evidence))
      }
    }
    for event in machine.isServerless ? properties?["events"]?.array ?? [] : [] {
      guard let member = event.object?.first else { continue }
      let evidence = Evidence(.imported, member.keyLocation)
      switch member.key {
      case "schedule":
        let rate = member.value["rate"] ?? member.value
        let text = rate.string ?? rate[0]?.string
        description.triggers.append((.schedule, text, evidence))
      case "http":
        let parts = ["method", "path"].compactMap { member.value[$0]?.string }
        description.triggers.append(
          (.call, member.value.string ?? parts.joined(separator: " "), evidence))
      default:
        description.triggers.append(
          (.event, pattern(member.value["event"]) ?? member.key, evidence))
      }
    }
    addRules(machine, to: &description)
  }

  /// Rules and schedules among the resources that have the machine as target.
  private func addRules(_ machine: Machine, to description: inout StateMachineDescription) {
    func leadsHere(_ arn: DataNode?) -> Bool {
      guard let text = arn.flatMap(templateText(of:)) else { return false }
      return text == "${\(machine.id)}" || text.hasPrefix("${\(machine.id).")
    }
    for resource in resources {
      let properties = resource.value["Properties"]
      let evidence = Evidence(.imported, resource.keyLocation)
      switch resource.value["Type"]?.string {
      case "AWS::Events::Rule":
        guard properties?["Targets"]?.array?.contains(where: { leadsHere($0["Arn"]) }) ?? false
        else { continue }
        if let schedule = properties?["ScheduleExpression"].flatMap(templateText(of:)) {
          description.triggers.append((.schedule, schedule, evidence))
        } else {
          description.triggers.append(
            (.event, pattern(properties?["EventPattern"]) ?? resource.key, evidence))
        }
      case "AWS::Scheduler::Schedule":
        guard leadsHere(properties?["Target"]?["Arn"]) else { continue }
        description.triggers.append(
          (.schedule, properties?["ScheduleExpression"].flatMap(templateText(of:)), evidence))
      default: continue
      }
    }
  }

  /// The sources and types of an event pattern in words.
  private func pattern(_ pattern: DataNode?) -> String? {
    let values = ["source", "detail-type"].flatMap { key in
      (pattern?[key]?.array ?? []).compactMap(\.string)
    }
    return values.joined(separator: ", ").trimmedOrNil
  }
}
