import Facts
import Inventory

/// What the owner of a system turns out to be.
enum OwnerName: Equatable {
  /// Somebody who can answer for it.
  case person
  /// A mailbox that several people read, or nobody.
  case mailbox
  /// A list that mail is sent to.
  case distributionList
  /// An account of a machine or administrator.
  case systemAccount
  /// A team or department.
  case team
  /// Somebody who has left.
  case leaver
  /// A word that stands for "unknown".
  case placeholder

  /// Whether nobody at all stands behind it.
  var isNobody: Bool {
    switch self {
    case .systemAccount, .leaver, .placeholder: true
    case .person, .mailbox, .distributionList, .team: false
    }
  }

  /// What it is, for a sentence.
  var meaning: String {
    switch self {
    case .person: "a person"
    case .mailbox: "a mailbox"
    case .distributionList: "a distribution list"
    case .systemAccount: "a system account"
    case .team: "a team"
    case .leaver: "somebody who has left"
    case .placeholder: "a placeholder"
    }
  }

  /// Judges the owner a file names, knowing the names of the estate's teams by key.
  init(_ text: String, teams: Set<String>) {
    let all = words(of: text.lowercased())
    let phrase = all.joined(separator: " ")
    if isPlaceholder(text) {
      self = .placeholder
    } else if Self.leaverPhrases.contains(where: { " \(phrase) ".contains(" \($0) ") }) {
      self = .leaver
    } else if Self.isSystemAccount(text, all, phrase) {
      self = .systemAccount
    } else if let at = text.firstIndex(of: "@"), at != text.startIndex {
      self = Self.address(localPart: words(of: text[..<at].lowercased()))
    } else if !Self.listWords.isDisjoint(with: all) || phrase.contains("mailing list") {
      self = .distributionList
    } else if !Self.mailboxWords.isDisjoint(with: all) {
      self = .mailbox
    } else if teams.contains(nameKey(text)) || Self.teamWords.contains(all.last ?? "")
      || Self.teamWords.contains(all.first ?? "")
    {
      self = .team
    } else {
      self = .person
    }
  }

  private static func address(localPart: [String]) -> OwnerName {
    if !listWords.isDisjoint(with: localPart) { return .distributionList }
    let roles = mailboxWords.union(teamWords).union(roleWords)
    return roles.isDisjoint(with: localPart) ? .person : .mailbox
  }

  private static func isSystemAccount(_ text: String, _ all: [String], _ phrase: String) -> Bool {
    return accounts.contains(phrase) || phrase.hasPrefix("nt authority")
      || phrase.hasSuffix("service account") || phrase.hasSuffix("nt authority system")
      || ["svc", "srv", "sys", "sa"].contains(all.first ?? "") && all.count > 1
      || isIdentifier(text)
  }

  /// Whether a text is an identifier of a directory (a GUID) rather than a name.
  private static func isIdentifier(_ text: String) -> Bool {
    let digits = text.filter { $0 != "-" && $0 != "{" && $0 != "}" }
    return digits.utf8.count == 32 && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  private static let accounts: Set = [
    "system", "root", "admin", "administrator", "sysadmin", "local system", "localsystem",
    "network service", "service account", "default", "orchestrator", "integration user",
    "automation user", "app registration",
  ]

  private static let leaverPhrases = [
    "left", "leaver", "former", "formerly", "departed", "no longer here", "no longer with us",
    "ausgeschieden", "ex employee",
  ]
  private static let listWords: Set = [
    "dl", "distribution", "verteiler", "everyone", "mailinglist", "distributionlist", "list",
  ]
  private static let mailboxWords: Set = [
    "mailbox", "inbox", "postfach", "noreply", "postmaster", "helpdesk", "servicedesk",
  ]
  private static let teamWords: Set = [
    "team", "department", "dept", "group", "desk", "operations", "ops", "office", "squad", "unit",
    "committee", "board", "coe", "centre", "center", "division", "crew",
  ]
  private static let roleWords: Set = [
    "support", "admin", "info", "service", "services", "it", "rpa", "bot", "bots", "automation",
    "robotics", "reply", "shared", "hello", "contact", "alerts", "all", "help",
  ]
}

private let placeholders: Set = [
  "", "unknown", "na", "n a", "none", "tbd", "tba", "tbc", "todo", "to do", "nobody",
  "not assigned", "unassigned", "null", "nil", "vacant", "not known", "unbekannt", "offen",
  "to be defined", "to be determined", "to be decided", "pending", "xxx",
  // What toolkits write where a name is to be filled in.
  "my app inc", "teams app inc", "default owner", "custom owner", "your name", "your company",
  "your company name",
]

/// Whether a text only stands for "unknown".
func isPlaceholder(_ text: String) -> Bool {
  let phrase = words(of: text).joined(separator: " ")
  return placeholders.contains(phrase)
}

extension AutomationSystem {
  /// The person who made it; `nil` where the file names nobody, or only a publisher or vendor.
  var maker: String? {
    guard let fact = creator.winner, !isPlaceholder(fact.value), publisher == nil else {
      return nil
    }
    return fact.value
  }

  /// Who published it: whoever is named stands for a whole package, and made nothing of it as far as is known.
  var publisher: String? {
    guard let fact = creator.winner, !isPlaceholder(fact.value) else { return nil }
    let said = words(of: fact.value) + words(of: fact.evidence.note ?? "")
    return said.contains { ["publisher", "provider", "vendor"].contains($0) } ? fact.value : nil
  }
}
