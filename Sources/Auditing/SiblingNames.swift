import Inventory

/// How two names of one naming scheme are told apart.
enum SiblingNames {
  /// Opposite acts on one thing: `Get Property` and `Set Property`.
  case opposite
  /// One scheme and a word of its own in each: `Is Duplicate CI?` and `Is Stale CI?`.
  case distinct

  /// `nil` where the names share no word, or one has no word of its own.
  init?(_ a: String, _ b: String) {
    let (first, second) = (Self.content(a), Self.content(b))
    let (ownOfFirst, ownOfSecond) = (first.subtracting(second), second.subtracting(first))
    guard !first.isDisjoint(with: second), !ownOfFirst.isEmpty, !ownOfSecond.isEmpty else {
      return nil
    }
    let isOpposite = Self.opposites.contains { one, other in
      ownOfFirst.contains(one) && ownOfSecond.contains(other)
        || ownOfFirst.contains(other) && ownOfSecond.contains(one)
    }
    self = isOpposite ? .opposite : .distinct
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
