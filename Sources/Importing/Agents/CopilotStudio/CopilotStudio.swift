import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agents of Microsoft Copilot Studio: solutions, and the files of the extension for VS Code.
  static let copilotStudio = ImportFormat(
    id: "copilot-studio", title: "Copilot Studio agent",
    sniff: { file in
      switch CopilotStudioFile.kind(of: file) {
      case .bot?, .component?:
        // …/bots/<schema>/bot.xml and …/botcomponents/<schema>/botcomponent.xml
        return .member(levelsUp: CopilotStudioFile.lies(file.path) ? 2 : 0)
      case .dialog?, .settings?:
        return CopilotStudioFile.lies(file.path) ? .member(levelsUp: 2) : .part
      case .configuration?:
        return CopilotStudioFile.lies(file.path) ? .member(levelsUp: 2) : .companion
      case .link?: return .member(levelsUp: 1)
      case .connectionReferences?: return .part
      case .solution?, .variable?: return .companion
      case nil: return nil
      }
    },
    read: { group in CopilotStudioSolution(group).readings() })
}

/// The kinds of file that an agent of Copilot Studio consists of.
enum CopilotStudioFile {
  /// `bot.xml`.
  case bot
  /// `botcomponent.xml`.
  case component
  /// YAML of a topic, tool, agent or knowledge source.
  case dialog
  /// `settings.mcs.yml`.
  case settings
  /// `configuration.json`.
  case configuration
  /// `Assets/botcomponent_….xml`, which links components to what they use.
  case link
  /// `customizations.xml` that lists connections and no flows.
  case connectionReferences
  /// `solution.xml` of a solution without flows, which would need it more.
  case solution
  /// A variable of the environment, such as the address of a skill.
  case variable

  /// Kinds of dialog, at the top of their YAML.
  private static let dialogs: Set<String> = [
    "AdaptiveDialog", "TaskDialog", "AgentDialog", "GptComponentMetadata",
    "KnowledgeSourceConfiguration", "SkillDefinition", "ExternalTriggerConfiguration",
    "WorkflowTool", "ConnectedAgentTool", "GlobalVariableComponent", "Dialog", "ClosedListEntity",
    "KnowledgeSource", "BotDefinition", "ConnectorTool", "McpTool", "DynamicClosedListEntity",
    "RegexEntity", "CopilotComponentMetadata",
  ]

  static func kind(of file: CandidateFile) -> CopilotStudioFile? {
    if let root = file.xmlRootName {
      guard root.namespace == nil else { return nil }
      switch root.name {
      case "bot": return file.contains("schemaname=") ? .bot : nil
      case "botcomponent": return file.contains("schemaname=") ? .component : nil
      case "environmentvariabledefinition": return file.contains(".skill.") ? .variable : nil
      case "ImportExportXml":
        if file.contains("<SolutionManifest") {
          // A root component of type 29 is a flow.
          return file.contains("type=\"29\"") || !file.contains("<RootComponent") ? nil : .solution
        }
        return !file.contains("<Workflow ") && file.contains("<connectionreference ")
          ? .connectionReferences : nil
      default: return root.name.hasPrefix("botcomponent_") ? .link : nil
      }
    }
    if file.firstByte == UInt8(ascii: "{") {
      return file.contains("\"BotConfiguration\"")
        && file.jsonObject?["$kind"]?.string == "BotConfiguration" ? .configuration : nil
    }
    if file.contains("kind:"), let kind = topKind(file), dialogs.contains(kind) { return .dialog }
    return file.contains("schemaName:") && file.contains("authenticationMode:")
      && hasTopLines(file, ["schemaName:", "authenticationMode:"]) ? .settings : nil
  }

  /// Whether a file lies where solutions have it: `bots/<schema>/` or `botcomponents/<schema>/`.
  static func lies(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast().map { $0.lowercased() }
    return folders.count >= 2 && ["bots", "botcomponents"].contains(folders[folders.count - 2])
  }

  /// The value of `kind:` at the left margin; the file may be no YAML at all by its letter.
  private static func topKind(_ file: CandidateFile) -> String? {
    for line in head(file) where line.hasPrefix("kind:") {
      return line.dropFirst(5).split { $0 == " " || $0 == "#" || $0 == "\"" }.first.map(String.init)
    }
    return nil
  }

  private static func hasTopLines(_ file: CandidateFile, _ keys: [String]) -> Bool {
    let lines = head(file)
    return keys.allSatisfy { key in lines.contains { $0.hasPrefix(key) } }
  }

  /// The lines of the first 16 KiB; comments and a long description may come before the kind.
  private static func head(_ file: CandidateFile) -> [Substring] {
    var bytes = file.bytes.prefix(16_384)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      guard let text = try? decodeText(file.bytes, path: file.path) else { return [] }
      return text.prefix(16_384).split(whereSeparator: \.isNewline)
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }
}
