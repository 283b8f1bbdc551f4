import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Desktop flows of Power Automate: solutions that hold nothing else, and scripts as the designer
  /// copies them.
  static let powerAutomateDesktop = ImportFormat(
    id: "power-automate-desktop", title: "Power Automate desktop flow",
    sniff: { file in
      if let root = file.xmlRootName {
        guard root.namespace == nil else { return nil }
        if root.name == "Workflow" {
          return file.contains("WorkflowId=") && file.contains("<Category>6</Category>")
            ? .part : nil
        }
        if root.name == "desktopflowbinary" { return .companion }
        guard root.name == "ImportExportXml" else { return nil }
        if file.contains("<SolutionManifest") { return .companion }
        let isOfDesktop = file.contains("<Category>6</Category>")
        return isOfDesktop && !file.contains("<Category>5</Category>") ? .anchor : nil
      }
      if let object = file.jsonObject {
        return RobinControls.isRepository(object) ? .companion : nil
      }
      return isRobinText(file) ? .part : nil
    },
    read: { group in
      let scripts = group.files.filter { $0.xmlRootName == nil && $0.jsonObject == nil }
      var solution = group
      solution.files = group.files.filter { $0.xmlRootName != nil || $0.jsonObject != nil }
      let readings = solution.files.isEmpty ? [] : PowerAutomatePackage(solution).readings()
      return readings + readRobinTexts(scripts)
    })
}

/// Whether a file is a script in Robin.
private func isRobinText(_ file: CandidateFile) -> Bool {
  guard let first = file.firstByte, first != UInt8(ascii: "{"), first != UInt8(ascii: "["),
    file.bytes.count < 16 << 20,
    file.contains("=> ") || file.contains("$'''") || file.contains("External.RunFlow")
      || file.contains("CALL ") || file.contains("Variables."),
    let text = try? decodeText(Array(file.bytes.prefix(1 << 16)), path: file.path)
  else { return false }
  let script = RobinScript(text)
  let statements = script.statements
  guard script.strangeCount * 2 <= statements.count else { return false }
  let telling = statements.count { statement in
    if let action = statement.action {
      return robinModules.contains(statement.module ?? "")
        && (statement.text.contains(": ") || statement.text.contains("=> ")
          || statement.text == action)
    }
    return statement.text.contains("$'''") || statement.keyword == "ON BLOCK ERROR"
      || statement.text.hasPrefix("LOOP FOREACH ")
  }
  return telling > 0 && telling * 10 >= statements.count
}

/// Modules whose actions make a text a script of Power Automate.
private let robinModules: Set<String> = [
  "Clipboard", "Compression", "Cryptography", "Database", "DateTime", "Display", "Email", "Excel",
  "Exchange", "External", "File", "Folder", "FTP", "Logging", "MouseAndKeyboard", "OCR", "Outlook",
  "Pdf", "Scripting", "Services", "System", "Text", "UIAutomation", "Variables", "Web",
  "WebAutomation", "Word", "WorkQueues", "Workstation", "Xml", "SAP", "TerminalEmulation",
]

/// Scripts beside each other: a folder with a `main` is one flow with its subflows, every other
/// script a flow of its own, unless another one of its folder calls it.
private func readRobinTexts(_ files: [CandidateFile]) -> [FileReading] {
  var readings: [FileReading] = []
  var scripts: [(file: CandidateFile, script: RobinScript)] = []
  for file in files {
    do throws(DocumentError) {
      scripts.append((file, RobinScript(try decodeText(file.bytes, path: file.path))))
    } catch {
      var failure = FileReading(path: file.path)
      failure.hasFailed = true
      failure.problems = [ImportProblem(error)]
      readings.append(failure)
    }
  }
  let folders = Dictionary(grouping: scripts) { folder(of: $0.file.path) }
  for (path, members) in folders.sorted(by: { $0.key < $1.key }) {
    let called = Set(
      members.flatMap { member in
        member.script.statements.filter { $0.keyword == "CALL" }.map { nameKey($0.rest) }
      })
    let hasMain = members.contains { nameKey(stem(of: $0.file.name)) == "main" }
    let calls = members.contains { called.contains(nameKey(stem(of: $0.file.name))) }
    for (file, script) in members {
      let name = stem(of: file.name)
      let isSubflow = hasMain || calls
      let flow = isSubflow ? flowName(ofFolder: path) ?? name : name
      readings.append(read(script, file, flow: flow, subflow: isSubflow ? name : nil))
    }
  }
  return readings
}

/// The last folder that is not one of those that everybody has.
private func flowName(ofFolder path: String) -> String? {
  let general: Set<String> = ["source", "src", "robin", "script", "scripts", "subflows", "flow"]
  let folders = path.split { $0 == "/" || $0 == "!" }.map(String.init)
  return folders.last { !general.contains($0.lowercased()) }
}

private func read(
  _ script: RobinScript, _ file: CandidateFile, flow: String, subflow: String?
) -> FileReading {
  var walk = RobinWalk(
    script, system: flow, place: file.location, isWhole: true, subflow: subflow)
  var reading = walk.reading()
  let note = "named after its \(subflow == nil ? "file" : "folder"), for a script states no name"
  var system = AutomationSystem(
    name: flow, source: Evidence(.inferred, file.location, note: note))
  system.kind.state(.rpa, Evidence(.imported, file.location))
  system.technology.state("Power Automate Desktop", Evidence(.imported, file.location))
  system.unknowns = [
    "What starts the desktop flow, and who owns it, is told by its solution and not by its script."
  ]
  reading.fragment.systems = [system]
  if script.strangeCount > 0 {
    reading.note(
      .low, "lines that are no statements of the language are left out (\(script.strangeCount))",
      at: file.location)
  }
  return reading
}

/// A desktop flow of a solution, with its script.
///
/// - Parameters:
///   - workflow: Its entry of `customizations.xml`.
///   - name: Its name.
///   - surroundings: Flows and queues of the solution.
/// - Returns: What the script says; `nil` where the solution carries none.
func desktopFlow(
  _ workflow: XMLElement, name: String, surroundings: RobinWalk.Surroundings
) -> FileReading? {
  guard var text = workflow.first("Definition")?.text.trimmedOrNil else { return nil }
  if text.hasPrefix("\"") {
    // The script is a JSON string.
    guard let node = try? parseJSON(Array(text.utf8), path: workflow.location.path),
      let script = node.string
    else { return nil }
    text = script
  }
  var script = RobinScript(text)
  let id = workflow["WorkflowId"].map { withoutBraces($0).lowercased() } ?? ""
  for repository in surroundings.controls[id] ?? [] { script.controls.add(repository) }
  guard !script.statements.isEmpty || script.strangeCount == 0 else { return nil }
  var place = (workflow.first("Definition") ?? workflow).location
  place.column = nil
  var walk = RobinWalk(
    script, system: name, place: place, isWhole: false, surroundings: surroundings)
  return walk.reading()
}
