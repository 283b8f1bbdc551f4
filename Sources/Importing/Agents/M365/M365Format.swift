import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Packages of Microsoft 365 Copilot: manifests of apps, declarative agents and the manifests of
  /// their plugins.
  static let m365DeclarativeAgent = ImportFormat(
    id: "m365-declarative-agent", title: "Microsoft 365 declarative agent",
    sniff: { file in
      switch M365File.kind(of: file) {
      case .app?: return .anchor
      case .agent?, .plugin?: return .part
      case nil: return nil
      }
    },
    read: { group in M365Package(group).readings() })
}

/// The kinds of file in a package of Microsoft 365.
enum M365File {
  /// `manifest.json` of an app.
  case app
  /// `declarativeAgent.json`.
  case agent
  /// `ai-plugin.json`.
  case plugin

  static func kind(of file: CandidateFile) -> M365File? {
    guard file.firstByte == UInt8(ascii: "{"),
      ["manifestVersion", "instructions", "schema_version", "/declarative-"].contains(
        where: file.contains),
      let root = file.jsonObject
    else { return nil }
    let schema = root["$schema"]?.string?.lowercased() ?? ""
    if root["manifestVersion"] != nil, root["name"]?.object != nil,
      schema.contains("teams") || root["developer"]?.object != nil, root["icons"] != nil
    {
      return .app
    }
    // `…/declarative-agent/v1.4/schema.json`, and at first `…/v1.0/declarative-copilot.schema.json`.
    let kinds = ["/declarative-agent", "/declarative-copilot"]
    if kinds.contains(where: { schema.contains("\($0)/") || schema.contains("\($0).") }) {
      return .agent
    }
    let version = root["schema_version"]?.string ?? ""
    if root["runtimes"]?.array != nil || root["functions"]?.array != nil,
      version.hasPrefix("v2") || schema.contains("/plugin/")
    {
      return .plugin
    }
    // Written by hand, an agent may name no schema.
    let isAgent =
      root["name"]?.string != nil && root["instructions"]?.string != nil
      && (root["version"]?.string?.hasPrefix("v1") ?? false)
      && (root["capabilities"]?.array != nil || root["conversation_starters"]?.array != nil)
    return isAgent ? .agent : nil
  }
}

extension DataNode {
  /// A text without the variables that tools put into it (`Desk${{APP_NAME_SUFFIX}}` is `Desk`);
  /// `nil` where nothing else is there.
  var settledText: String? {
    guard var text = string else { return nil }
    for (open, close) in [("${{", "}}"), ("[[", "]]")] {
      while let start = text.firstRange(of: open),
        let end = text[start.upperBound...].firstRange(of: close)
      {
        text.removeSubrange(start.lowerBound..<end.upperBound)
      }
    }
    return text.trimmedOrNil
  }

  /// The variable that a text consists of (`${{OAUTH_ID}}` is `OAUTH_ID`), else the text.
  var variableOrText: String? {
    guard let text = string?.trimmedOrNil else { return nil }
    guard text.hasPrefix("${{"), text.hasSuffix("}}") else { return text }
    return String(text.dropFirst(3).dropLast(2)).trimmedOrNil
  }
}
