import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Bots of Automation 360 as the control room exports them: `manifest.json`, and a file of JSON
  /// without extension for each bot.
  static let automationAnywhere = ImportFormat(
    id: "automation-anywhere", title: "Automation Anywhere A360 bot",
    sniff: { file in
      guard file.firstByte == UInt8(ascii: "{") else { return nil }
      if file.contains("\"commandName\""), file.contains("\"packageName\""),
        let bot = file.jsonObject, isBot(bot)
      {
        return .part
      }
      if file.contains("application/vnd.aa."), let manifest = file.jsonObject,
        manifest["files"]?.array?.contains(where: { $0["contentType"] != nil }) ?? false
      {
        return .anchor
      }
      return nil
    },
    read: { group in AutomationAnywhereExport(group).readings() })
}

/// Whether a JSON object is the definition of a bot: commands, each of a package.
private func isBot(_ object: DataNode) -> Bool {
  guard let nodes = object["nodes"]?.array else { return false }
  let known = object["packages"]?.array != nil || object["variables"]?.array != nil
  return (nodes.isEmpty && known)
    || nodes.prefix(5).contains { $0["commandName"]?.string != nil && $0["packageName"] != nil }
}

/// The files of one export.
struct AutomationAnywhereExport {
  private var failures: [FileReading] = []
  private var manifests: [(file: CandidateFile, node: DataNode)] = []
  private var bots: [(file: CandidateFile, node: DataNode, path: String)] = []
  /// Names of bots by `nameKey` of their paths in the repository.
  private var names: [String: String] = [:]

  init(_ group: ImportGroup) {
    for file in group.files {
      do {
        let node = try file.json()
        if node["nodes"]?.array == nil {
          manifests.append((file, node))
        } else {
          bots.append((file, node, Self.repositoryPath(ofFile: file.path)))
        }
      } catch {
        var failure = FileReading(path: file.path)
        failure.hasFailed = true
        failure.problems = [ImportProblem(error)]
        failures.append(failure)
      }
    }
    let all = Dictionary(grouping: bots) { nameKey(lastComponent(of: $0.path)) }
    for bot in bots {
      let short = lastComponent(of: bot.path)
      // Several bots of one name are told apart by their folders.
      let isSole = all[nameKey(short)]?.count == 1
      names[nameKey(bot.path)] =
        isSole ? short : bot.path.split(separator: "/").suffix(2).joined(separator: "/")
    }
  }

  func readings() -> [FileReading] {
    var readings = failures
    for bot in bots {
      var walk = AutomationAnywhereWalk(
        bot.node, name: names[nameKey(bot.path)] ?? bot.path, path: bot.file.path,
        repositoryPath: bot.path, names: names)
      readings.append(walk.reading())
    }
    for (file, node) in manifests { readings.append(manifestReading(file, node)) }
    return readings
  }

  /// What the manifest says of bots: author, purpose, and what those need that did not come along.
  private func manifestReading(_ file: CandidateFile, _ manifest: DataNode) -> FileReading {
    var reading = FileReading(path: file.path)
    for entry in manifest["files"]?.array ?? [] {
      let type = entry["contentType"]?.string ?? ""
      let isBot = ["taskbot", "headlessbot", "workflow"].contains { type.hasSuffix("aa.\($0)") }
      // An agent lists what it may use; how it goes about is decided while it runs.
      let isAgent = type.hasSuffix("aa.aiagent")
      guard isBot || isAgent, let written = entry["path"]?.string else { continue }
      let path = Self.repositoryPath(written)
      let evidence = Evidence(.imported, entry.location)
      let isHere = names[nameKey(path)] != nil
      let name = names[nameKey(path)] ?? lastComponent(of: path)
      var system = AutomationSystem(name: name, source: evidence)
      system.kind.state(isAgent ? .agent : .rpa, evidence)
      system.technology.state("Automation Anywhere", evidence)
      if nameKey(path) != nameKey(name) { system.aliases.append(path) }
      if let text = entry["description"]?.string?.trimmedOrNil {
        system.purpose.state(
          text, Evidence(.imported, entry["description"]?.location ?? entry.location))
      }
      if let author = entry["author"]?.string?.trimmedOrNil {
        system.creator.state(
          author, Evidence(.imported, entry["author"]?.location ?? entry.location))
      }
      if isAgent {
        system.unknowns = [
          "The agent's instructions and model stand in its own file, which is not read."
        ]
        reading.isPartial = true
        addDependencies(of: entry, name, to: &reading)
      } else if !isHere {
        let isExcluded = entry["excluded"]?.bool == true
        system.unknowns = ["The bot is listed by an export that does not contain it."]
        reading.note(
          isExcluded ? .info : .medium,
          "the bot '\(name)' is listed but not among the files; export it with its dependencies",
          at: entry.location)
        addDependencies(of: entry, name, to: &reading)
      }
      reading.fragment.systems.append(system)
    }
    if reading.fragment.systems.isEmpty, bots.isEmpty { reading.isBeside = true }
    return reading
  }

  private func addDependencies(of entry: DataNode, _ name: String, to reading: inout FileReading) {
    for list in ["scannedDependencies", "manualDependencies"] {
      for dependency in entry[list]?.array ?? [] {
        guard let written = dependency.string?.trimmedOrNil else { continue }
        let path = Self.repositoryPath(written)
        // A dependency with an extension is a file; bots have none.
        let isFile = !pathExtension(of: lastComponent(of: path)).isEmpty
        reading.fragment.connections.append(
          Connection(
            isFile ? .reads : .invokes, from: EntityReference(.system, name),
            to: EntityReference(
              isFile ? .data : .system, isFile ? path : names[nameKey(path)] ?? path),
            channel: isFile ? .file : .internalCall, action: "dependency",
            evidence: Evidence(.imported, dependency.location)))
      }
    }
  }

  /// The path of a bot in the repository, from `Bots` on: `repository:///Automation%20Anywhere/Bots/A`,
  /// `Automation Anywhere\Bots\A` and `export.zip!/Automation Anywhere/Bots/A` are one.
  static func repositoryPath(_ written: String) -> String {
    var text = written
    for scheme in ["repository:///", "file://"] where text.hasPrefix(scheme) {
      text = String(text.dropFirst(scheme.count))
    }
    let parts = percentDecoded(text).split { $0 == "/" || $0 == "\\" }.map(String.init)
    if let start = parts.firstIndex(where: { $0.lowercased() == "bots" }) {
      return parts[start...].joined(separator: "/")
    }
    if let start = parts.firstIndex(where: { $0.lowercased() == "automation anywhere" }) {
      return parts[parts.index(after: start)...].joined(separator: "/")
    }
    return parts.joined(separator: "/")
  }

  /// The path of a bot in the repository by that of its file; the name alone where the file was
  /// downloaded by itself.
  private static func repositoryPath(ofFile path: String) -> String {
    let lowered = path.lowercased()
    let inside = repositoryPath(path)
    let isKnown = lowered.contains("bots/") || lowered.contains("automation anywhere/")
    let file = isKnown ? inside : lastComponent(of: inside)
    return file.lowercased().hasSuffix(".json") ? String(file.dropLast(5)) : file
  }

  private static func percentDecoded(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let character = rest.first {
      if character == "%", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16),
        rest.count >= 3
      {
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes += Array(String(character).utf8)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
