internal import EventLogs
internal import Scenarios

/// What is known of cases beyond their work: the further columns of a log that tell something of cases.
///
/// A value holds from the event at which it stands. Columns that say no more than the activity or the person does
/// are left out, as are those of one value and texts of more than 30 values.
struct CaseValues {
  /// A column.
  struct Column {
    /// Name in the scenario.
    var name: String
    /// Names of its values; `nil` of a number.
    var categories: [String]?
    /// For each case what is known at its first event: a number, or the index of a category.
    var initial: [Double]
    /// For each piece of work what is known when it is done.
    var after: [Double]
    /// Activities that give it a new value in at least one of twenty times.
    var setBy: [Int]

    /// Whether it stays as it is through each case.
    var isConstant: Bool { setBy.isEmpty }
  }

  /// The columns, in the order of the file.
  var columns: [Column] = []

  /// Numbers have more distinct values than this; below it they are categories.
  private static let fewNumbers = 6
  /// Texts with more distinct values are no categories.
  private static let manyTexts = 30
  /// What stands for an empty field.
  private static let unknown = "unknown"

  init(_ log: EventLog, _ data: CalibrationLog) {
    var taken: Set<String> = []
    for attribute in log.attributes where columns.count < 32 {
      guard var column = Self.column(attribute, data) else { continue }
      var number = 2
      let base = column.name
      while !taken.insert(column.name).inserted {
        column.name = "\(base)_\(number)"
        number += 1
      }
      columns.append(column)
    }
  }

  private static func column(_ attribute: LogAttribute, _ data: CalibrationLog) -> Column? {
    let numbers = attribute.values.map { text -> Double? in
      guard let number = Double(text), number.isFinite, number >= 0, number < 1e12 else {
        return nil
      }
      return number
    }
    let isNumber = attribute.values.count > fewNumbers && numbers.allSatisfy { $0 != nil }
    guard attribute.values.count >= 1, isNumber || attribute.values.count <= manyTexts,
      isNumber || attribute.values.allSatisfy(canBeWritten)
    else { return nil }
    var column = Column(
      name: scenarioName(attribute.name), categories: isNumber ? nil : attribute.values,
      initial: [Double](repeating: 0, count: data.caseCount),
      after: [Double](repeating: 0, count: data.works.count), setBy: [])
    let missing = Double(attribute.values.count)
    var isMissing = false
    var changes = [Int](repeating: 0, count: data.activities.count)
    var done = [Int](repeating: 0, count: data.activities.count)
    var byActivity: [[Double]: Int] = [:]
    var byResource: [[Double]: Int] = [:]
    var values: [Double: Int] = [:]
    for index in 0..<data.caseCount {
      let range = data.range(ofCase: index)
      var known: Double?
      for place in range {
        let work = data.works[place]
        let code = Int(attribute.codes[work.event])
        let before = known
        if code >= 0 {
          let value = isNumber ? numbers[code] ?? 0 : Double(code)
          known = value
          byActivity[[Double(work.activity), value], default: 0] += 1
          byResource[[Double(work.resource), value], default: 0] += 1
        }
        let now = known ?? missing
        if known == nil { isMissing = true }
        column.after[place] = now
        values[now, default: 0] += 1
        if place == range.lowerBound {
          column.initial[index] = now
        } else {
          done[work.activity] += 1
          if now != before ?? missing { changes[work.activity] += 1 }
        }
      }
    }
    guard values.count > 1, !(isMissing && isNumber) else { return nil }
    column.setBy = data.activities.indices.filter {
      changes[$0] >= 2 && Double(changes[$0]) >= 0.05 * Double(done[$0])
    }
    // What follows from the activity, or from the person, says nothing of the case.
    if isDetermined(byActivity) || (!column.setBy.isEmpty && isDetermined(byResource)) {
      return nil
    }
    if isMissing { column.categories?.append(unknown) }
    return column
  }

  /// Whether 99 % of the values are the most frequent ones of their group.
  private static func isDetermined(_ counts: [[Double]: Int]) -> Bool {
    var most: [Double: Int] = [:]
    var total = 0
    for (key, count) in counts {
      most[key[0]] = max(most[key[0]] ?? 0, count)
      total += count
    }
    return Double(most.values.reduce(0, +)) >= 0.99 * Double(total)
  }

  /// Whether a value can stand in a condition and as a key.
  private static func canBeWritten(_ text: String) -> Bool {
    !(text.contains("\"") && text.contains("'")) && text != unknown && text != "given"
      && text.count <= 80 && ScenarioText.onOneLine(text) == text && !text.contains("\\")
      && text.first.map { !$0.isWhitespace } ?? false && text.last.map { !$0.isWhitespace } ?? false
  }

  /// A column's name as the language takes it.
  private static func scenarioName(_ name: String) -> String {
    var result = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.drop { $0 == "_" })
    while result.last == "_" { result.removeLast() }
    if result.first.map({ !$0.isLetter }) ?? true { result = "attribute_" + result }
    let words: Set<String> = [
      "and", "or", "not", "in", "between", "true", "false", "null", "empty", "eq", "ne", "lt", "le",
      "gt", "ge", "otherwise", "always", "given",
    ]
    return words.contains(result.lowercased()) ? result + "_" : result
  }
}

extension CaseValues.Column {
  /// A value as a condition has it.
  func text(_ value: Double) -> String {
    guard let categories else { return plainNumber(value) }
    let text = categories[Int(value)]
    return text.contains("\"") ? "'\(text)'" : "\"\(text)\""
  }

  /// A value as people read it.
  func title(_ value: Double) -> String {
    categories.map { $0[Int(value)] } ?? plainNumber(value)
  }

  /// How values are drawn that occur like these: a distribution of numbers, or shares of categories as a group in
  /// one line.
  func draw(_ values: [Double]) -> String {
    let sorted = values.sorted()
    guard let categories else {
      let most = 200
      let shown =
        sorted.count <= most
        ? sorted : (0..<most).map { sorted[($0 * 2 + 1) * sorted.count / (2 * most)] }
      return shown.first == shown.last
        ? "constant \(plainNumber(shown.first ?? 0))"
        : "empirical " + shown.map(plainNumber).joined(separator: " ")
    }
    var counts = [Int](repeating: 0, count: categories.count)
    for value in values { counts[Int(value)] += 1 }
    let shares = sharesOfWhole(counts.map { Double($0) / Double(max(1, values.count)) })
    return "{ "
      + zip(categories, shares).map { "\(ScenarioText.quoted($0)): \($1)" }.joined(separator: ", ")
      + " }"
  }
}
