import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Robots and tests in Robot Framework: suites and resource files, results, and `robot.yaml`.
  static let robotFramework = ImportFormat(
    id: "robot-framework", title: "Robot Framework suite",
    isFormat: { file in
      if file.contains("***"), file.firstByte != UInt8(ascii: "<") {
        return RobotSuiteText.isSuite(file)
      }
      if let root = file.xmlRootName {
        return root.name == "robot" && root.namespace == nil && file.contains("<suite")
      }
      return file.contains("tasks:") && isRobotManifest(file)
    },
    readFile: { file throws(DocumentError) in
      if file.firstByte == UInt8(ascii: "<") { return readRobotResults(try file.xml(), file) }
      if isRobotManifest(file) { return readRobotManifest(try file.yaml(), file) }
      let text = RobotSuiteText(try decodeText(file.bytes, path: file.path))
      var suite = RobotSuite(text, path: file.path)
      return suite.reading()
    })
}

/// The name of the robot in a suite file: that of the file, or of its folder where the file's is what
/// templates give every robot.
func robotName(ofSuite path: String) -> String {
  let name = stem(of: lastComponent(of: path))
  let generic: Set<String> = [
    "tasks", "task", "main", "robot", "test", "tests", "keywords", "common", "resource",
    "resources",
    "__init__", "suite", "process", "producer", "consumer",
  ]
  let place = lastComponent(of: folder(of: path))
  guard generic.contains(name.lowercased()), !folder(of: path).isEmpty, !place.isEmpty else {
    return name
  }
  return ["tasks", "task", "main", "robot", "__init__"].contains(name.lowercased())
    ? place : "\(place) \(name)"
}

// MARK: robot.yaml

/// Whether this is the manifest of a robot: tasks with what runs them, and its environment.
private func isRobotManifest(_ file: CandidateFile) -> Bool {
  guard
    file.contains("condaConfigFile") || file.contains("environmentConfigs")
      || file.contains("artifactsDir"), let root = try? file.yaml(),
    let tasks = root["tasks"]?.object
  else { return false }
  return !tasks.isEmpty
    && tasks.allSatisfy { task in
      ["shell", "command", "robotTaskName"].contains { task.value[$0] != nil }
    }
}

private func readRobotManifest(_ root: DataNode, _ file: CandidateFile) -> FileReading {
  var reading = FileReading(path: file.path)
  for task in root["tasks"]?.object ?? [] {
    let place = Evidence(.imported, task.keyLocation)
    var system = AutomationSystem(name: task.key, source: place)
    system.kind.state(.rpa, place)
    system.technology.state("Robot Framework", place)
    reading.fragment.systems.append(system)
    let shell = task.value["shell"]?.string ?? ""
    let words =
      task.value["command"]?.texts.map(\.text)
      ?? shell.split(whereSeparator: \.isWhitespace).map(String.init)
    let suites = words.filter { $0.hasSuffix(".robot") }
    if task.value["robotTaskName"] != nil, suites.isEmpty {
      reading.fragment.systems[reading.fragment.systems.count - 1].unknowns.append(
        "Which suite has the task is not in this file.")
    }
    for suite in suites {
      let name = robotName(ofSuite: folder(of: file.path) + suite)
      guard nameKey(name) != system.key else { continue }
      var evidence = task.value.evidence
      if nameKey(name) != nameKey(stem(of: lastComponent(of: suite))) {
        // Named after its folder, which is this file's: without the suite nobody can tell the two apart.
        evidence.note = "perhaps the part of this robot in '\(suite)'"
      }
      reading.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, task.key), to: EntityReference(.system, name),
          channel: .internalCall, action: "robot", evidence: evidence))
    }
  }
  return reading
}
