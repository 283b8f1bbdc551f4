import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Tasks of Automation Anywhere 10 and 11 (`.atmx`), an archive in which only the properties and the
  /// dependencies can be read: the commands are encrypted.
  static let automationAnywhereTask = ImportFormat(
    id: "automation-anywhere-v11", title: "Automation Anywhere 10 and 11 task",
    sniff: { file in
      guard let root = file.xmlRootName, root.namespace == nil else { return nil }
      switch root.name {
      case "Properties": return file.contains("<TotalCommands") ? .anchor : nil
      case "Dependencies": return .companion
      default: return nil
      }
    },
    read: { group in
      group.files.map { file in
        FileReading(of: file) { () throws(DocumentError) in
          let root = try file.xml()
          let name = taskName(group.folder)
          return root.name == "Properties"
            ? taskProperties(root, name: name, path: file.path)
            : taskDependencies(root, name: name, path: file.path)
        }
      }
    })
}

/// The archive or folder that a task lies in.
private func taskName(_ folder: String) -> String {
  let last = folder.split(separator: "/").last.map(String.init) ?? "Task"
  let name = last.hasSuffix("!") ? String(last.dropLast()) : last
  return name.lowercased().hasSuffix(".atmx") ? String(name.dropLast(5)) : name
}

private func taskProperties(_ root: XMLElement, name: String, path: String) -> FileReading {
  var reading = FileReading(path: path)
  func text(_ element: String) -> Fact<String>? {
    guard let child = root.first(element), let text = child.text.trimmedOrNil else { return nil }
    var place = child.location
    place.element = element
    return Fact(text, Evidence(.imported, place))
  }
  let whole = Evidence(.imported, root.location)
  var system = AutomationSystem(name: name, source: whole)
  system.kind.state(.rpa, whole)
  system.technology.state("Automation Anywhere", whole)
  system.aliases = ["\(name).atmx"] + [text("Identity")?.value].compactMap(\.self)
  if let purpose = text("Description") { system.purpose.state(purpose.value, purpose.evidence) }
  let count = text("TotalCommands").map { " of its \($0.value) commands" } ?? ""
  system.unknowns = [
    "What the task does: the body\(count) is encrypted by versions 10 and 11 and cannot be read."
  ]
  if let schedule = text("Schedule") {
    reading.fragment.triggers.append(
      Trigger(
        system: name, kind: .schedule, expression: schedule.value, evidence: schedule.evidence))
  }
  if let key = text("HotKey") {
    reading.fragment.triggers.append(
      Trigger(
        system: name, kind: .manual, expression: "hot key \(key.value)", evidence: key.evidence))
  }
  reading.fragment.systems = [system]
  reading.isPartial = true
  reading.note(
    .info,
    "the commands of the task are encrypted; export the bot from Automation 360 to read its steps",
    at: root.first("TotalCommands")?.location ?? root.location)
  return reading
}

/// What a task depends on: other tasks, and files.
private func taskDependencies(_ root: XMLElement, name: String, path: String) -> FileReading {
  var reading = FileReading(path: path)
  var seen: Set<String> = []
  func collect(_ element: XMLElement, depth: Int) {
    guard depth < 250 else { return }
    for written in element.attributes.map(\.value) + [element.text] {
      guard let text = written.trimmedOrNil, seen.insert(text).inserted else { continue }
      let file = lastComponent(of: text)
      let kind = pathExtension(of: file)
      guard !kind.isEmpty, kind.count <= 5 else { continue }
      let isTask = ["atmx", "mbot"].contains(kind)
      reading.fragment.connections.append(
        Connection(
          isTask ? .invokes : .reads, from: EntityReference(.system, name),
          to: isTask ? EntityReference(.system, stem(of: file)) : EntityReference(.data, file),
          channel: isTask ? .internalCall : .file, action: "dependency",
          evidence: Evidence(.imported, element.location)))
    }
    for child in element.children { collect(child, depth: depth + 1) }
  }
  collect(root, depth: 0)
  return reading
}
