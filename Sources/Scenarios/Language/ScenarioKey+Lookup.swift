extension ScenarioKey {
  /// The key of the table that stands at a path of a scenario, such as `teams.*.people` for
  /// `teams.aml.people`; `nil` where there is none.
  ///
  /// Names with a dot in them are not found.
  public static func at(path: String) -> ScenarioKey? {
    KeyTree.all.descendant(path.split(separator: ".").map(String.init))?.key
  }

  /// Whether a value stands here, and not names or further keys alone.
  public var takesValue: Bool {
    switch kind {
    case .group, .named: false
    default: true
    }
  }

  /// The words it takes; empty where it takes others too.
  public var words: [String] {
    switch kind {
    case .choice(let words) where words.count > 1: words
    case .flag: ["true", "false"]
    default: []
    }
  }
}
