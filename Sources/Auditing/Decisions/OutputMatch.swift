/// Output columns of two tables whose values can contradict each other.
struct OutputMatch {
  /// Column of the first table.
  let first: Int
  /// Column of the second table.
  let second: Int
  /// Whether the columns have one name, not only words in common.
  let sharesName: Bool
  private let firstValues: [Value]
  private let secondValues: [Value]

  private struct Value {
    var text: String
    var number: Double?
    var stance: Stance?
    /// Whether the other column uses it too.
    var isShared: Bool

    init(_ text: String, others: Set<String>) {
      self.text = text
      number = Double(text)
      stance = Stance(text)
      isShared = others.contains(text)
    }
  }

  /// The pairs of output columns of two tables that can be compared: columns of one name, or columns
  /// that have a word in common among their values.
  static func all(_ a: CompiledTable, _ b: CompiledTable) -> [OutputMatch] {
    a.outputKeys.indices.flatMap { i in
      b.outputKeys.indices.compactMap { j in
        let shareName = !a.outputKeys[i].isDisjoint(with: b.outputKeys[j])
        let shareWord = !outputWords(a, i).isDisjoint(with: outputWords(b, j))
        guard shareName || shareWord else { return nil }
        return OutputMatch(
          first: i, second: j, sharesName: shareName, a.values[i], b.values[j])
      }
    }
  }

  private init(first: Int, second: Int, sharesName: Bool, _ a: [String], _ b: [String]) {
    self.first = first
    self.second = second
    self.sharesName = sharesName
    let (inFirst, inSecond) = (Set(a), Set(b))
    firstValues = a.map { Value($0, others: inSecond) }
    secondValues = b.map { Value($0, others: inFirst) }
  }

  /// Whether two values, by their positions among those of their columns, contradict each other.
  ///
  /// Numbers and truth values do where they differ. Words do where they differ and one column uses
  /// both, or where one of them approves, the other refuses or refers; else nothing is concluded.
  func contradict(_ i: Int, _ j: Int) -> Bool {
    let (a, b) = (firstValues[i], secondValues[j])
    if a.text == b.text || a.text.isEmpty || b.text.isEmpty { return false }
    if let x = a.number, let y = b.number { return x != y }
    if a.number != nil || b.number != nil { return false }
    if a.isShared || b.isShared { return true }
    guard let first = a.stance, let second = b.stance else { return false }
    return first != second
  }
}

/// The words among the values of an output by which another one may be the same kind of answer: not
/// numbers, nor what answers any question.
func outputWords(_ table: CompiledTable, _ column: Int) -> Set<String> {
  let general: Set<String> = ["", "-", "true", "false", "yes", "no", "null", "ok", "none", "n/a"]
  return Set(table.values[column].filter { Double($0) == nil && !general.contains($0) })
}

/// What a word of a decision means for the case.
private enum Stance {
  case approves
  case refuses
  case refers

  init?(_ word: String) {
    let parts = Set(words(of: word))
    func has(_ stems: [String]) -> Bool {
      parts.contains { part in stems.contains { part.hasPrefix($0) } }
    }
    let isNegated = !parts.isDisjoint(with: ["not", "no", "non"])
    if has(["reject", "declin", "den", "refus", "ineligib", "block", "fail"]) || parts == ["no"]
      || parts == ["false"]
    {
      self = .refuses
    } else if has(["refer", "review", "manual", "escalat", "committee", "pending", "hold"]) {
      self = .refers
    } else if has(["approv", "accept", "grant", "automatic", "auto", "eligib", "pass", "allow"])
      || parts == ["yes"] || parts == ["true"] || parts == ["ok"]
    {
      self = isNegated ? .refuses : .approves
    } else {
      return nil
    }
  }
}
