import Facts
import IntegrationGraph
import Inventory

/// How alike the systems of an estate are, part by part.
///
/// Each part is a number between 0 and 1: the Dice coefficient 2·|A∩B| / (|A| + |B|) of the words of
/// the purpose, of the applications and systems worked on, and of the data (each word or thing weighing
/// 1/√n where n systems use it, so that what all have in common counts little); for triggers 1 for the same kind and expression, ½ for the same kind.
/// The score is their mean with the weights of `Part.weight`, over the parts that are known of both:
/// what is unknown counts neither for nor against.
///
/// Source: Dice, *Measures of the amount of ecologic association between species*,
/// doi:10.2307/1932409; the weights are assumed.
struct Likeness {
  /// What two systems are compared by.
  enum Part: String, CaseIterable {
    case purpose
    case targets = "applications and systems"
    case data
    case trigger

    var weight: Double {
      switch self {
      case .purpose: 0.5
      case .targets: 0.25
      case .data: 0.15
      case .trigger: 0.1
      }
    }
  }

  /// How alike two systems are.
  struct Score {
    /// The parts that are known of both, with what they share.
    let parts: [(part: Part, value: Double, shared: [String])]
    /// The weighted mean, between 0 and 1.
    let mean: Double
  }

  private let purposes: [[Int]]
  private let targets: [Set<String>]
  private let data: [Set<String>]
  private let triggers: [[Trigger]]
  private let wordWeights: [Double]
  private let wordShown: [String]
  private let systemsOfWord: [[Int]]
  private let shownNames: [String: String]
  private let thingWeights: [String: Double]

  init(_ context: AuditContext) {
    let systems = context.estate.systems
    var numbers: [String: Int] = [:]
    var shown: [String] = []
    var usage: [[Int]] = []
    purposes = systems.enumerated().map { index, system in
      var used: Set<Int> = []
      for word in words(of: system.purpose.value ?? "") where !stopWords.contains(word) {
        let stem = stem(word)
        guard stem.count > 1 else { continue }
        if numbers[stem] == nil {
          numbers[stem] = shown.count
          shown.append(word)
          usage.append([])
        }
        guard let number = numbers[stem], used.insert(number).inserted else { continue }
        usage[number].append(index)
      }
      return used.sorted()
    }
    wordWeights = usage.map { 1 / Double($0.count).squareRoot() }
    wordShown = shown
    systemsOfWord = usage

    let triggersOfSystem = Dictionary(grouping: context.estate.triggers) { nameKey($0.system) }
    triggers = systems.map { triggersOfSystem[$0.key] ?? [] }
    var targets: [Set<String>] = []
    var data: [Set<String>] = []
    var names: [String: String] = [:]
    for index in systems.indices {
      var touched: Set<String> = []
      var carried: Set<String> = []
      for edge in context.node(ofSystem: index).map(context.graph.edges(from:)) ?? [] {
        let node = context.graph.nodes[edge.target]
        names[node.id] = node.name
        switch node.kind {
        case .application, .system: touched.insert(node.id)
        case .data: carried.insert(node.id)
        case .team: break
        }
        for name in edge.data where !nameKey(name).isEmpty {
          let id = EntityReference(.data, name).nodeID
          names[id] = names[id] ?? name
          carried.insert(id)
        }
      }
      targets.append(touched)
      data.append(carried)
    }
    self.targets = targets
    self.data = data
    shownNames = names
    var users: [String: Int] = [:]
    for things in targets + data { for id in things { users[id, default: 0] += 1 } }
    thingWeights = users.mapValues { 1 / Double($0).squareRoot() }
  }

  /// Systems of which no purpose is known, so that nothing is concluded of them.
  var withoutPurpose: Int { purposes.count { $0.isEmpty } }

  /// Pairs of systems whose purposes are at least so alike, among those of a choice.
  ///
  /// Words that more than a fifth of the systems use do not bring a pair together.
  func pairs(among choice: [Bool], purpose least: Double) -> [(Int, Int)] {
    let limit = max(10, purposes.count / 5)
    let mass = purposes.map { $0.reduce(0) { $0 + wordWeights[$1] } }
    var shared = Array(repeating: 0.0, count: purposes.count)
    var pairs: [(Int, Int)] = []
    for first in purposes.indices where choice[first] {
      var touched: [Int] = []
      for word in purposes[first] where systemsOfWord[word].count <= limit {
        for second in systemsOfWord[word] where second > first && choice[second] {
          if shared[second] == 0 { touched.append(second) }
          shared[second] += wordWeights[word]
        }
      }
      for second in touched {
        shared[second] = 0
        if 2 * purposeOverlap(first, second) >= least * (mass[first] + mass[second]) {
          pairs.append((first, second))
        }
      }
    }
    return pairs
  }

  /// Pairs of which a purpose is unknown and that work on the same data in the same applications,
  /// started in the same way: all three parts known, half of the targets and data alike or more, and a
  /// mean of 0.75 or more (assumed).
  ///
  /// Data that more than twenty systems use do not bring a pair together.
  func pairsByWork(among choice: [Bool]) -> [(Int, Int)] {
    var users: [String: [Int]] = [:]
    for index in data.indices
    where choice[index] && !targets[index].isEmpty && !triggers[index].isEmpty {
      for id in data[index] { users[id, default: []].append(index) }
    }
    var seen: Set<[Int]> = []
    for (_, members) in users where members.count > 1 && members.count <= 20 {
      for (place, first) in members.enumerated() {
        for second in members.dropFirst(place + 1)
        where purposes[first].isEmpty || purposes[second].isEmpty {
          seen.insert([first, second])
        }
      }
    }
    return seen.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0[0], $0[1]) }.filter { a, b in
      let parts: [Part] = [.targets, .data]
      return parts.allSatisfy { (value($0, a, b) ?? 0) >= 0.5 }
        && (value(.trigger, a, b) ?? 0) > 0 && mean(a, b) >= 0.75
    }
  }

  /// Whether two systems are known to share an application, a system or data.
  func sharesWork(_ a: Int, _ b: Int) -> Bool {
    !targets[a].isDisjoint(with: targets[b]) || !data[a].isDisjoint(with: data[b])
  }

  /// Whether two systems are known to work on different things: applications or systems known of both
  /// and none shared, nor any data.
  func workOnDifferentThings(_ a: Int, _ b: Int) -> Bool {
    !targets[a].isEmpty && !targets[b].isEmpty && targets[a].isDisjoint(with: targets[b])
      && data[a].isDisjoint(with: data[b])
  }

  private func purposeOverlap(_ a: Int, _ b: Int) -> Double {
    sharedWords(a, b).reduce(0) { $0 + wordWeights[$1] }
  }

  private func sharedWords(_ a: Int, _ b: Int) -> [Int] { common(purposes[a], purposes[b]) }

  /// Number of words that the purposes of two systems share.
  func sharedWordCount(_ a: Int, _ b: Int) -> Int { sharedWords(a, b).count }

  /// How alike two systems are.
  func score(_ a: Int, _ b: Int) -> Score {
    let mean = mean(a, b)
    var parts: [(part: Part, value: Double, shared: [String])] = []
    for part in Part.allCases {
      guard let value = value(part, a, b) else { continue }
      parts.append((part, value, shared(part, a, b)))
    }
    return Score(parts: parts, mean: mean)
  }

  /// The weighted mean alone, which is quicker.
  func mean(_ a: Int, _ b: Int) -> Double {
    var sum = 0.0
    var weight = 0.0
    for part in Part.allCases {
      guard let value = value(part, a, b) else { continue }
      sum += part.weight * value
      weight += part.weight
    }
    return weight == 0 ? 0 : sum / weight
  }

  private func value(_ part: Part, _ a: Int, _ b: Int) -> Double? {
    switch part {
    case .purpose:
      let mass = (purposes[a] + purposes[b]).reduce(0) { $0 + wordWeights[$1] }
      guard !purposes[a].isEmpty, !purposes[b].isEmpty else { return nil }
      return 2 * purposeOverlap(a, b) / mass
    case .targets: return dice(targets[a], targets[b])
    case .data: return dice(data[a], data[b])
    case .trigger:
      if triggers[a].isEmpty || triggers[b].isEmpty { return nil }
      return triggers[a].flatMap { first in
        triggers[b].map { second in
          guard first.kind == second.kind else { return 0.0 }
          return first.expression != nil && first.expression == second.expression ? 1 : 0.5
        }
      }.max()
    }
  }

  private func dice(_ a: Set<String>, _ b: Set<String>) -> Double? {
    if a.isEmpty || b.isEmpty { return nil }
    // Summed in one order, so that the last digit does not depend on that of a set.
    func mass(_ things: Set<String>) -> Double {
      things.sorted().reduce(0) { $0 + (thingWeights[$1] ?? 0) }
    }
    return 2 * mass(a.intersection(b)) / (mass(a) + mass(b))
  }

  private func shared(_ part: Part, _ a: Int, _ b: Int) -> [String] {
    switch part {
    case .purpose: sharedWords(a, b).map { wordShown[$0] }.sorted()
    case .targets: targets[a].intersection(targets[b]).map { shownNames[$0] ?? $0 }.sorted()
    case .data: data[a].intersection(data[b]).map { shownNames[$0] ?? $0 }.sorted()
    case .trigger:
      Set(triggers[a].map(\.kind)).intersection(triggers[b].map(\.kind)).map(\.rawValue).sorted()
    }
  }
}

/// A word without its ending, so that "screens", "screening" and "screened" are one.
///
/// A few endings of English, in the manner of Porter, *An algorithm for suffix stripping*,
/// doi:10.1108/eb046814, but fewer: it need only bring words together, not be right.
func stem(_ word: String) -> String {
  var stem = Substring(word)
  func drop(_ ending: String, leaving least: Int) -> Bool {
    guard stem.hasSuffix(ending), stem.count - ending.count >= least else { return false }
    stem = stem.dropLast(ending.count)
    return true
  }
  if drop("ies", leaving: 3) {
    stem += "y"
  } else if !drop("sses", leaving: 2) {
    if !stem.hasSuffix("ss"), !stem.hasSuffix("us") { _ = drop("s", leaving: 3) }
  } else {
    stem += "ss"
  }
  for ending in ["ing", "ion", "ed"] where drop(ending, leaving: 4) { break }
  _ = drop("e", leaving: 3)
  _ = drop("at", leaving: 4)
  return String(stem)
}

/// Words that say nothing about what an automation is for.
private let stopWords: Set<String> = [
  "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "automate",
  "automated", "automatically", "automates", "automation", "be", "been", "before", "bot", "by",
  "can", "do", "does", "each", "every", "flow", "for", "from", "has", "have", "if", "in", "into",
  "is", "it", "its", "new", "no", "not", "of", "on", "one", "or", "other", "our", "out", "over",
  "per", "process", "robot", "script", "so", "some", "system", "than", "that", "the", "their",
  "them", "then", "these", "they", "this", "those", "to", "up", "use", "used", "uses", "using",
  "via", "was", "when", "where", "which", "while", "who", "will", "with", "without", "workflow",
]

/// The numbers that are in both of two ascending lists.
private func common(_ a: [Int], _ b: [Int]) -> [Int] {
  var result: [Int] = []
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      result.append(a[i])
      i += 1
      j += 1
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
  return result
}
