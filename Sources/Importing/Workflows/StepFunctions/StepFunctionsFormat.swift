import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// AWS Step Functions: state machines in the Amazon States Language, by themselves, in templates of
  /// CloudFormation, SAM and CDK, in `serverless.yml`, and as the service describes them.
  static let stepFunctions = ImportFormat(
    id: "aws-step-functions", title: "AWS Step Functions state machine",
    sniff: { file in
      let isTemplate =
        file.contains("::StateMachine") || file.contains("stateMachines")
      let isMachine =
        file.contains("StartAt") && file.contains("States") || file.contains("stateMachineArn")
      guard isTemplate || isMachine, file.firstByte != UInt8(ascii: "<"),
        let root = dataNode(of: file)
      else { return nil }
      if isMachine, StateMachineFile.definition(in: root, path: file.path) != nil { return .part }
      return isTemplate && !CloudFormationTemplate(root, path: file.path).machines().isEmpty
        ? .anchor : nil
    },
    read: { group in StepFunctionsProject(group).readings() })

  /// The file as JSON where it begins like it, else as YAML; `nil` where it is neither.
  private static func dataNode(of file: CandidateFile) -> DataNode? {
    try? StateMachineFile.node(of: file)
  }
}

/// A file that holds a state machine and nothing else.
enum StateMachineFile {
  static func node(of file: CandidateFile) throws(DocumentError) -> DataNode {
    file.firstByte == UInt8(ascii: "{") ? try file.json() : try file.yaml()
  }

  /// Whether an object is a state machine.
  static func isDefinition(_ node: DataNode) -> Bool {
    node["StartAt"] != nil && node["States"]?.object != nil
  }

  /// The definition in a file, and what the service says of it where it described it.
  static func definition(
    in root: DataNode, path: String
  ) -> (definition: DataNode, described: DataNode?)? {
    if isDefinition(root) { return (root, nil) }
    guard root["stateMachineArn"]?.string != nil, let text = root["definition"]?.string,
      let node = try? parseJSON(Array(text.utf8), path: path), isDefinition(node)
    else { return nil }
    return (node, root)
  }
}

/// The templates and state machines of one folder tree.
private struct StepFunctionsProject {
  private let group: ImportGroup
  private var failures: [FileReading] = []
  private var templates: [(file: CandidateFile, template: CloudFormationTemplate)] = []
  private var machines: [(file: CandidateFile, definition: DataNode, described: DataNode?)] = []

  init(_ group: ImportGroup) {
    self.group = group
    for file in group.files {
      do {
        let root = try StateMachineFile.node(of: file)
        if let found = StateMachineFile.definition(in: root, path: file.path) {
          machines.append((file, found.definition, found.described))
        } else {
          templates.append((file, CloudFormationTemplate(root, path: file.path)))
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
    var readings = failures
    /// What templates say of the machines in files, by the file's path.
    var described: [String: [StateMachineDescription]] = [:]
    for (file, template) in templates {
      var reading = FileReading(path: file.path)
      for machine in template.machines() {
        let description = template.description(of: machine)
        if machine.inline == nil, machine.text == nil, let uri = machine.uri,
          let found = definitionFile(uri, from: file.path)
        {
          described[found, default: []].append(description)
          reading.fragment.add(description.fragment())
        } else {
          read(machine, description, template, into: &reading)
        }
      }
      readings.append(reading)
    }
    for (file, definition, service) in machines {
      var reading = FileReading(path: file.path)
      let descriptions =
        described[file.path] ?? [description(of: file, definition, service)]
      for description in descriptions {
        var machine = StateMachine(definition, description, path: file.path)
        machine.read(into: &reading)
      }
      readings.append(reading)
    }
    return readings
  }

  private func read(
    _ machine: CloudFormationTemplate.Machine, _ description: StateMachineDescription,
    _ template: CloudFormationTemplate, into reading: inout FileReading
  ) {
    if let inline = machine.inline {
      var machine = StateMachine(inline, description, path: reading.path)
      machine.read(into: &reading)
      return
    }
    if let text = machine.text {
      do {
        let node = try parseJSON(Array(text.utf8), path: reading.path)
        if StateMachineFile.isDefinition(node) {
          var inner = StateMachine(
            node, description, path: reading.path, place: machine.place.location)
          inner.read(into: &reading)
          return
        }
        reading.note(
          .medium,
          "the definition of '\(machine.id)' has no StartAt and States, so that its steps are unknown",
          at: machine.place.location)
      } catch {
        reading.note(
          .medium,
          "the definition of '\(machine.id)' is a text that is no JSON once its references are put in,"
            + " so that its steps are unknown", at: machine.place.location)
      }
    } else if let uri = machine.uri {
      reading.note(
        .medium,
        "the definition of '\(machine.id)' is in '\(uri)', which is not among the files; import it"
          + " together with the template", at: machine.place.location)
    } else {
      reading.note(
        .medium,
        "the definition of '\(machine.id)' is put together at deployment and not in the template",
        at: machine.place.location)
    }
    var fragment = description.fragment()
    fragment.systems[0].unknowns.append("Its steps are not in the template.")
    reading.fragment.add(fragment)
    reading.isPartial = true
  }

  /// The file that a template names, by its path or else by the only file of that name.
  private func definitionFile(_ uri: String, from path: String) -> String? {
    var components = folder(of: path).split(separator: "/").map(String.init)
    for part in uri.split(separator: "/") where part != "." {
      if part == "..", !components.isEmpty {
        components.removeLast()
      } else {
        components.append(String(part))
      }
    }
    let wanted = components.joined(separator: "/")
    if machines.contains(where: { $0.file.path == wanted }) { return wanted }
    let same = machines.filter { $0.file.name == lastComponent(of: uri) }
    return same.count == 1 ? same[0].file.path : nil
  }

  private func description(
    of file: CandidateFile, _ definition: DataNode, _ service: DataNode?
  ) -> StateMachineDescription {
    guard let service, let arn = service["stateMachineArn"]?.string else {
      return StateMachineDescription(
        name: Fact(
          nameOfStateMachine(at: file.path),
          Evidence(
            .inferred, definition.location, note: "named after its file, which states no name")))
    }
    let evidence = Evidence(.imported, service.location)
    let name = service["name"]?.string?.trimmedOrNil ?? StateMachineTask.lastPart(of: arn)
    var description = StateMachineDescription(name: Fact(name, evidence))
    description.aliases = [arn]
    switch service["status"]?.string {
    case "ACTIVE": description.status = Fact(.production, evidence)
    case "DELETING": description.status = Fact(.retired, evidence)
    default: break
    }
    if let role = service["roleArn"], let text = role.string {
      description.permissions = [
        Fact("run as \(StateMachineTask.lastPart(of: text))", Evidence(.imported, role.location))
      ]
    }
    return description
  }
}

/// A name for a state machine from its path: the file's, or that of a folder where the file's says
/// only what it is.
func nameOfStateMachine(at path: String) -> String {
  let components = path.split { $0 == "/" || $0 == "!" }.map(String.init)
  guard let file = components.last else { return path }
  var own = stem(of: file)
  if own.lowercased().hasSuffix(".asl") { own = String(own.dropLast(4)) }
  let candidates = [own] + components.dropLast().reversed()
  return candidates.first { !isGenericNameOfStateMachine($0) } ?? own
}

/// Whether a name says only what a thing or folder is, so that many have it.
func isGenericNameOfStateMachine(_ name: String) -> Bool {
  let generic: Set<String> = [
    "statemachine", "statemachines", "statemachinearn", "stepfunction", "stepfunctions",
    "stepfunctionstatemachine", "workflow", "workflows", "definition", "definitions", "asl", "src",
    "sam", "cdk", "tf", "terraform", "python", "typescript", "java", "infra", "infrastructure",
    "resources", "template", "templates", "main", "mainstatemachine", "lib", "assets", "cdkout",
    "mystatemachine", "sfn", "app", "serverless", "cloudformation", "samplestatemachine",
  ]
  return generic.contains(name.lowercased().filter(\.isLetter))
}
