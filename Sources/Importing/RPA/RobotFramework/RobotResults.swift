import DocumentReading
import Facts
import Inventory

/// What a run of Robot Framework measured: `output.xml`, of version 3 to 7.
func readRobotResults(_ root: XMLElement, _ file: CandidateFile) -> FileReading {
  var reading = FileReading(path: file.path)
  var suites: [XMLElement] = []
  var waiting = root.all("suite")
  while let suite = waiting.popLast() {
    if suite.first("test") != nil || suite.first("task") != nil { suites.append(suite) }
    waiting += suite.all("suite").reversed()
  }
  let tools = suites.filter(isPartOfTool)
  for suite in tools {
    reading.note(
      .info,
      "the suite '\(singleLine(suite["name"]) ?? "without a name")' is part of an installed tool "
        + "(\(singleLine(suite["source"]) ?? "")) and no system of the estate; it was left out",
      at: suite.location)
  }
  suites.removeAll(where: isPartOfTool)
  for suite in suites { add(suite, of: root, to: &reading) }
  if suites.isEmpty, tools.isEmpty {
    reading.isBeside = true
    reading.note(
      .info, "the results hold no task and no test, so that nothing was measured", at: file.location
    )
  }
  return reading
}

/// Whether a suite lies where an editor keeps its extensions, or where packages are installed.
private func isPartOfTool(_ suite: XMLElement) -> Bool {
  let folders = (suite["source"] ?? "").replacing("\\", with: "/").lowercased().split(
    separator: "/")
  let isExtension =
    folders.contains("extensions")
    && folders.contains { $0.hasPrefix(".vscode") || $0.hasPrefix(".cursor") }
  return isExtension || folders.contains("site-packages") || folders.contains("node_modules")
}

private func add(_ suite: XMLElement, of root: XMLElement, to reading: inout FileReading) {
  let source = suite["source"].map { robotName(ofSuite: $0.replacing("\\", with: "/")) }
  guard let name = singleLine(suite["name"]) ?? source else {
    reading.note(
      .medium, "a suite has no name and was left out; write the results again", at: suite.location)
    return
  }
  var system = AutomationSystem(name: name, source: Evidence(.imported, suite.location))
  if let source, nameKey(source) != system.key { system.aliases = [source] }
  let evidence = Evidence(.imported, suite.location)
  if root["rpa"] == "true" { system.kind.state(.rpa, evidence) }
  system.technology.state("Robot Framework", evidence)
  if let purpose = singleLine(suite.first("doc")?.text) {
    system.purpose.state(String(purpose.prefix(500)), evidence)
  }
  var (passed, failed) = (0, 0)
  var seconds: [Double] = []
  var days: [String] = []
  for test in suite.children where test.name == "test" || test.name == "task" {
    guard let status = test.first("status") else { continue }
    switch status["status"] {
    case "PASS": passed += 1
    case "FAIL": failed += 1
    default: continue
    }
    if let elapsed = elapsedSeconds(status) { seconds.append(elapsed) }
    if let day = startedOn(status) { days.append(day) }
  }
  let runs = passed + failed
  guard runs > 0 else {
    reading.note(
      .info, "the tasks of suite '\(name)' were all skipped, so that nothing was measured",
      at: suite.location)
    reading.fragment.systems.append(system)
    return
  }
  let span =
    days.min().map { first in
      days.max() == first ? " on \(first)" : ", \(first) to \(days.max() ?? first)"
    } ?? ""
  let measured = Evidence(
    .measured, suite.location,
    note: "\(runs) run\(runs == 1 ? "" : "s") of its tasks\(span), of which \(failed) failed")
  if let share = Probability(Double(failed) / Double(runs)) {
    system.failureRate.state(share, measured)
  }
  if !seconds.isEmpty, let mean = TimeSpan(seconds: seconds.reduce(0, +) / Double(seconds.count)) {
    system.runTime.state(
      mean,
      Evidence(
        .measured, suite.location,
        note: "mean of \(seconds.count) run\(seconds.count == 1 ? "" : "s")\(span)"))
  }
  system.unknowns = ["Results say what ran, not how often it is due."]
  reading.fragment.systems.append(system)
}

/// Length of an execution: `elapsed` since version 7, else from start and end.
private func elapsedSeconds(_ status: XMLElement) -> Double? {
  if let elapsed = status["elapsed"].flatMap(Double.init), elapsed >= 0, elapsed.isFinite {
    return elapsed
  }
  guard let start = status["starttime"].flatMap(moment),
    let end = status["endtime"].flatMap(moment),
    end.seconds >= start.seconds
  else { return nil }
  return end.seconds - start.seconds
}

private func startedOn(_ status: XMLElement) -> String? {
  (status["start"].flatMap { Timestamp($0) } ?? status["starttime"].flatMap(moment))?.date
}

/// A moment as versions before 7 write it: `20220615 12:30:09.808`.
private func moment(_ text: String) -> Timestamp? {
  let characters = Array(text)
  guard characters.count >= 17, characters[..<8].allSatisfy(\.isNumber) else { return nil }
  let date =
    "\(String(characters[0..<4]))-\(String(characters[4..<6]))-\(String(characters[6..<8]))"
  return Timestamp(date + String(characters[8...]))
}
