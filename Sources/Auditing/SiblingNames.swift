import Inventory

/// How two names that share a word are told apart.
enum SiblingNames {
  /// Opposite acts on one thing: `Get Property` and `Set Property`.
  case opposite
  /// One scheme and a word of its own in each: `Is Duplicate CI?` and `Is Stale CI?`.
  case distinct
  /// One name with something added, or the same: `Issue Credit` and `Issue Bulk Credits`.
  case variant

  /// `nil` where the names share no word.
  init?(_ a: String, _ b: String) {
    let (first, second) = (Self.content(a), Self.content(b))
    let (ownOfFirst, ownOfSecond) = (first.subtracting(second), second.subtracting(first))
    guard !first.isDisjoint(with: second) else { return nil }
    guard !ownOfFirst.isEmpty, !ownOfSecond.isEmpty else {
      self = .variant
      return
    }
    let isOpposite = Self.opposites.contains { one, other in
      ownOfFirst.contains(one) && ownOfSecond.contains(other)
        || ownOfFirst.contains(other) && ownOfSecond.contains(one)
    }
    self = isOpposite ? .opposite : .distinct
  }

  /// How alike two names are: the Dice coefficient of their words.
  static func likeness(_ a: String, _ b: String) -> Double {
    let (first, second) = (content(a), content(b))
    let all = first.count + second.count
    return all == 0 ? 0 : 2 * Double(first.intersection(second).count) / Double(all)
  }

  private static func content(_ name: String) -> Set<String> {
    Set(words(of: name).filter { !$0.allSatisfy(\.isNumber) }.map(stem))
  }

  private static let opposites: [(String, String)] = [
    ("get", "set"), ("enable", "disable"), ("create", "delete"), ("create", "remove"),
    ("add", "remove"), ("add", "delete"), ("open", "close"), ("start", "stop"), ("lock", "unlock"),
    ("import", "export"), ("read", "write"), ("encode", "decode"), ("encrypt", "decrypt"),
    ("assign", "unassign"), ("activate", "deactivate"), ("subscribe", "unsubscribe"),
    ("approve", "reject"), ("upload", "download"), ("install", "uninstall"), ("link", "unlink"),
    ("publish", "unpublish"), ("check", "uncheck"), ("login", "logout"),
  ].map { (stem($0), stem($1)) }
}
