import Facts
import IntegrationGraph
import Inventory

/// What tells that a system was made to test or show something: the folders of its files, and what it says of itself.
extension AutomationSystem {
  /// Whether every file that describes it lies in a folder that says that it was made to test or show something.
  var liesAmongExamples: Bool {
    !sources.isEmpty && sources.allSatisfy { !exampleWords(above: $0.location).isEmpty }
  }

  /// Whether its own description says that it was made to test or show something.
  var describesAnExample: Bool { purpose.value.map(describesExample) ?? false }

  /// Whether its name says that it is what others are made from: a template of a flow, bot or agent, not one of a letter.
  var isNamedTemplate: Bool {
    guard technology.value?.lowercased().contains("prompt") != true else { return false }
    let all = words(of: String(name.prefix { $0 != "(" }))
    guard all.count > 1, ["template", "templates"].contains(all[all.count - 1]) else {
      return false
    }
    return templatedThings.contains(all[all.count - 2])
  }
}

extension AuditContext {
  /// Whether only exports speak of a system, and its folders, its own description, its definition or its name as a
  /// template say that it was made to test or show something: then it is graded as something that perhaps nobody relies
  /// on.
  ///
  /// Another name alone does not: *Sample Tracking* may be a laboratory's. Nor does a stand-in within a system that
  /// changes, sends or calls something all the same.
  func mayBeExample(_ system: AutomationSystem) -> Bool {
    UnregisteredGroup.isUnregistered(system)
      && (system.liesAmongExamples || system.describesAnExample || system.isNamedTemplate
        || holdsOnlyStandIns(system))
  }

  /// Whether its definition says that it stands in for something, and it does nothing outside itself but read.
  func holdsOnlyStandIns(_ system: AutomationSystem) -> Bool {
    !exampleSigns(of: system).isEmpty && !actsOutside(system)
  }

  /// What in the definition of a system says that it stands in for something: what its import told, and names of steps.
  ///
  /// That it sets nothing but constants counts where no other file shows more of it.
  func exampleSigns(of system: AutomationSystem) -> [ExampleSign] {
    let own = system.exampleSigns.filter { $0.kind == .named || reachesNothing(system) }
    return own + standInSteps(of: system)
  }

  private func reachesNothing(_ system: AutomationSystem) -> Bool {
    guard touchPoints(ofSystemNamed: system.name).isEmpty else { return false }
    return node(ofSystemNamed: system.name).map { graph.outDegree(of: $0) == 0 } ?? true
  }

  private func actsOutside(_ system: AutomationSystem) -> Bool {
    if !touchPoints(ofSystemNamed: system.name).isEmpty { return true }
    guard let node = node(ofSystemNamed: system.name) else { return false }
    return graph.edges(from: node).contains { $0.kind != .reads }
  }

  /// What folders, its own description, its name and its definition say of a system being an example, as a sentence that
  /// begins with a space; empty where they say nothing.
  func exampleHint(_ system: AutomationSystem) -> String {
    let words = Set(system.sources.flatMap { exampleWords(above: $0.location) }).sorted()
    var said: [String] = []
    if system.liesAmongExamples {
      said.append("it lies in folders whose names say so (\(listText(words, limit: 4)))")
    }
    if system.describesAnExample { said.append("its own description says so") }
    if system.isNamedTemplate { said.append("its name says that others are made from it") }
    let signs = exampleSigns(of: system)
    let names = uniqueTexts(signs, .named)
    if !names.isEmpty {
      said.append("what it works with is named so (\(listText(names, limit: 3)))")
    }
    if let constants = signs.first(where: { $0.kind == .constants }) {
      said.append("all that it does is to set \(constants.text) to constants")
    }
    return said.isEmpty
      ? "" : " It may be an example or a test: \(said.joined(separator: ", and "))."
  }
}

/// Texts of signs of a kind in quotation marks, each once, in order.
func uniqueTexts(_ signs: [ExampleSign], _ kind: ExampleSign.Kind) -> [String] {
  var seen: Set<String> = []
  return signs.filter { $0.kind == kind && seen.insert($0.text).inserted }.map { "“\($0.text)”" }
}

/// Names of steps that say that these stand in for something, by the key of their system.
func stepsStandingIn(_ steps: [Step]) -> [String: [ExampleSign]] {
  var found: [String: [ExampleSign]] = [:]
  for step in steps {
    let name = step.name ?? step.id
    // A test case works with mocks, whatever it tests.
    guard !standInWords(in: name).isEmpty, step.evidence.note?.contains("as a test case") != true
    else { continue }
    found[nameKey(step.system), default: []].append(ExampleSign(.named, name, step.evidence))
  }
  return found
}

/// The words of the folders in which a file lies that say that it was made to test or show something.
func exampleWords(above location: SourceLocation) -> [String] {
  let parts = location.path.split(whereSeparator: { $0 == "/" || $0 == "!" })
  // Products that call their automations recipes write so in the names of the files.
  let isRecipe = parts.last?.lowercased().contains("recipe") ?? false
  return parts.dropLast().flatMap { part -> [String] in
    let folder = String(part)
    let found = exampleWords(in: folder)
    return isRecipe ? found : found + words(of: folder).filter(collectionMarks.contains)
  }
}

private let collectionMarks: Set<String> = ["recipes", "cookbook", "cookbooks"]

private let templatedThings: Set<String> = [
  "flow", "workflow", "bot", "robot", "agent", "automation", "dag", "scenario",
]

/// Whether a description says of the thing itself that it was made to test or show something.
///
/// It says so where it begins with it (*Stub flow for …*, *This is a sample agent*, *An example of …*), or in a phrase
/// that stands for nothing else (*demonstrates how*, *for demo purposes*). The words alone do not: who *tracks the
/// blood sample* or *books the demo with a customer* shows nothing, and a prompt is a template whatever it does.
func describesExample(_ text: String) -> Bool {
  let all = words(of: text)
  let phrase = " " + all.joined(separator: " ") + " "
  if tellingPhrases.contains(where: { phrase.contains(" \($0) ") }) { return true }
  // *This flow is a stub* names what it speaks of first.
  let pointsAtItself = all.first.map { ["this", "that"].contains($0) } ?? false
  let rest = all.prefix(10).drop { word in
    openingWords.contains(word) || pointsAtItself && automationNouns.contains(word)
  }
  guard let first = rest.first else { return false }
  let second = rest.dropFirst().first ?? ""
  if ["stub", "dummy", "demonstrates", "demonstrating"].contains(first) { return true }
  return [
    "sample", "example", "examples", "demo", "demonstration", "mock", "tutorial", "toy", "test",
  ]
  .contains(first)
    && (automationNouns.contains(second)
      || first != "test" && ["of", "showing", "that", "how"].contains(second)
      || rest.dropFirst().isEmpty && first != "test")
}

private let tellingPhrases = [
  "demonstrates how", "demonstrates the use", "to demonstrate the use", "to demonstrate using",
  "demo purposes", "demonstration purposes", "for testing purposes", "this tutorial", "stub flow",
  "stub implementation", "mock implementation", "returns mock data", "with mock data",
]

/// What stands before the word that matters: *This is a very simple example*.
private let openingWords: Set<String> = [
  "a", "an", "this", "that", "is", "it", "just", "only", "very", "simple", "basic", "minimal",
  "small", "short", "tiny", "trivial", "complete", "which",
]

private let automationNouns: Set<String> = [
  "flow", "workflow", "bot", "robot", "agent", "agents", "process", "automation", "app",
  "application", "solution", "project", "script", "pipeline", "dag", "statemachine", "machine",
  "implementation", "declarative", "crew", "task", "scenario", "assistant",
]
