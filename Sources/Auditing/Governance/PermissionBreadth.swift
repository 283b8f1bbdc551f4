/// How far a permission reaches, read from its name.
///
/// Names are interpreted, so what they mean is inferred; a name that says nothing gives `nil`.
enum PermissionBreadth: Int, Comparable {
  /// Runs programs where they reach nothing else: in a container or a sandbox of the provider.
  case boxed
  /// Leaves some rights of users out of account, but not which records they may see.
  case passesOverRights
  /// Reads everything of a kind.
  case readsAll
  /// Leaves all rights of users out of account, but does no more with them than look things up.
  case looksUpAll
  /// Changes everything of a kind, or leaves all rights of users out of account.
  case broad
  /// Everything: administrator, full control, all actions, any program, no login at all.
  case unlimited

  static func < (a: PermissionBreadth, b: PermissionBreadth) -> Bool { a.rawValue < b.rawValue }

  /// What the name says, for a sentence.
  var meaning: String {
    switch self {
    case .boxed: "it runs any program, in a sandbox or container that keeps it from the rest"
    case .passesOverRights: "it passes over the rights of users, though not over sharing"
    case .readsAll: "it reads everything of its kind"
    case .looksUpAll: "it passes over the rights of users, but its files show only lookups with it"
    case .broad: "it changes everything of its kind or passes over the rights of users"
    case .unlimited: "it sets no limit"
    }
  }

  /// Judges a permission by its name.
  init?(_ name: String) {
    let lower = name.lowercased()
    let all = words(of: name)
    let phrase = " \(all.joined(separator: " ")) "
    let segments = lower.split { $0 == ":" || $0 == "." || $0 == "/" }
    let readsOnly =
      !all.contains("write") && !phrase.contains("readwrite")
      && all.contains { $0 == "read" || $0 == "readonly" || $0 == "view" || $0 == "list" }
    if Self.codePhrases.contains(where: { phrase.contains(" \($0) ") }),
      Self.boxes.contains(where: all.contains)
    {
      self = .boxed
    } else if lower == "*" || lower == "*:*" || lower.hasSuffix(":*") && segments.count == 2
      || Self.unlimitedPhrases.contains(where: { phrase.contains(" \($0) ") }) && !readsOnly
    {
      self = .unlimited
    } else if phrase.contains(" system mode with sharing ") {
      self = .passesOverRights
    } else if Self.broadPhrases.contains(where: { phrase.contains(" \($0) ") })
      || lower.hasSuffix("readwrite.all") || lower.hasSuffix(".write.all")
      || lower.hasSuffix(".manage.all") || Self.broadScopes.contains(lower)
      || segments.last == "*" && !readsOnly && !lower.contains("url")
    {
      self = .broad
    } else if lower.hasSuffix(".read.all") || lower.hasSuffix(".readbasic.all")
      || phrase.contains(" view all ") || phrase.hasPrefix(" read all ")
    {
      self = .readsAll
    } else {
      return nil
    }
  }

  private static let unlimitedPhrases =
    [
      "admin", "administrator", "administratoraccess", "administrator access", "superuser", "root",
      "sysadmin", "full control", "fullcontrol", "full access", "fullaccess", "all actions",
      "without authentication", "modify all data", "accessasuser all", "vollzugriff",
      "system administrator",
    ] + codePhrases
  private static let codePhrases = ["run code", "run any code", "execute code"]
  /// Words for what keeps a program that an agent wrote from everything else.
  private static let boxes = ["sandbox", "docker", "container", "safe", "sessions"]
  private static let broadPhrases = [
    "without sharing", "system mode", "systemmode", "run as system",
    "without asking", "poweruseraccess", "power user", "modify all", "view all data",
  ]
  /// Scopes that open a whole service, in the spelling of their providers.
  private static let broadScopes: Set = [
    "https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/calendar", "https://www.googleapis.com/auth/spreadsheets",
    "https://mail.google.com/", "repo", "delete_repo", "admin:org", "api", "full",
  ]
}
