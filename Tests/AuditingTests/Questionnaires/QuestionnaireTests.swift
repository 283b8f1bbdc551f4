import DocumentReading
import Facts
import Testing

@testable import Auditing

private func scorecard(_ rest: String) throws(AuditPolicyErrors) -> Questionnaire {
  try readQuestionnaire(
    Array(("questionnaire: platform-scorecard\n" + rest).utf8), path: "platforms.yaml")
}

private func problems(_ text: String) -> [(line: Int?, message: String)] {
  do {
    _ = try readQuestionnaire(Array(text.utf8), path: "platforms.yaml")
    return []
  } catch {
    return error.problems.map { ($0.location.line, $0.message) }
  }
}

/// Two platforms, three weights: A leads in the first criterion, B in the second; nobody knows the third of B.
private let two = """
  platforms:
    a: { title: A, layer: central, connects: [UiPath], per_agent: 50 EUR per month, per_transaction: 0.5 EUR per hop }
    b: { title: B, layer: central, per_workflow: 100 EUR per month }
  workflows: 3
  weights: { observability: 2, action: 1, learning: 1 }
  answers:
    a:
      observability: { score: 4, because: traces, by: Ada, on: 2026-11-20 }
      action: { score: 1 to 3, by: Ada, on: 2026-11-20 }
      learning: { score: 3, by: Ada, on: 2026-11-20 }
    b:
      observability: { score: 2, by: Bo, on: 2026-11-21 }
      action: { score: 5, by: Bo, on: 2026-11-21 }

  """

private let use = PlatformUse(
  source: "loan.yaml, variant b, 20 replications", layer: "central", latency: 0.25, concurrent: 50,
  automations: 4, cases: .init(1000, 900...1100), hops: .init(6000, 5000...7000))

@Suite("Questionnaires")
struct QuestionnaireTests {
  @Test("are read, and written so that the same is read again")
  func roundTrip() throws {
    let read = try scorecard(two)
    #expect(read.platforms.map(\.title) == ["A", "B"])
    #expect(read.answer("a", "action")?.score == 1...3)
    #expect(read.answer("a", "observability")?.because == "traces")
    #expect(read.answer("b", "learning") == nil)
    #expect(read.answer("b", "action")?.on == CalendarDay("2026-11-21"))
    let again = try readQuestionnaire(Array(read.fileText.utf8), path: "again.yaml")
    #expect(again == read)
  }

  @Test(
    "templates are files that are read, without any answer", arguments: QuestionnaireKind.allCases)
  func templates(kind: QuestionnaireKind) throws {
    let text = Questionnaire.template(kind)
    if kind == .readiness {
      #expect(try readAuditPolicy(Array(text.utf8), path: "r.yaml").readiness == [])
      return
    }
    let read = try readQuestionnaire(Array(text.utf8), path: "t.yaml")
    #expect(read.kind == kind && read.answers == [] && read.platforms.count == 1)
    for item in kind.items { #expect(text.contains(item.question)) }
  }

  @Test("name what is wrong, with its line")
  func errors() {
    let head = "questionnaire: platform-scorecard\nplatforms:\n  a: {}\n"
    for (text, line, message) in [
      ("platforms: { a: {} }\n", 1, "there is no 'questionnaire'"),
      ("questionnaire: scorecard\n", 1, "platform-scorecard"),
      ("questionnaire: readiness\n", 1, "policy file of the audit"),
      (head + "wieghts: {}\n", 4, "did you mean 'weights'?"),
      (head + "weights: { observabilty: 1 }\n", 4, "did you mean 'observability'?"),
      (head + "weights: { action: -1 }\n", 4, "expected"),
      (head + "weights: { action: 0 }\n", 4, "all weights are 0"),
      (
        head + "answers:\n  b: { action: { score: 1, by: x, on: 2026-01-01 } }\n", 5,
        "not among the platforms"
      ),
      (
        head + "answers:\n  a:\n    action: { score: 6, by: x, on: 2026-01-01 }\n", 6,
        "this is no score"
      ),
      (
        head + "answers:\n  a:\n    action: { score: 4 to 2, by: x, on: 2026-01-01 }\n", 6,
        "this is no score"
      ),
      (
        head + "answers:\n  a:\n    action: { score: 3, on: 2026-01-01 }\n", 6,
        "'action' has no 'by'"
      ),
      (
        head + "answers:\n  a:\n    action: { score: 3, by: x, on: soon }\n", 6,
        "a day was expected"
      ),
      (
        head + "answers:\n  a:\n    action: { because: x, by: x, on: 2026-01-01 }\n", 6,
        "has no 'score'"
      ),
      (
        "questionnaire: platform-scorecard\nplatforms:\n  a: { per_agent: 5 EUR per hop }\n", 3,
        "no price per agent"
      ),
      ("questionnaire: platform-scorecard\n", 1, "there is no platform"),
    ] {
      let found = problems(text)
      #expect(
        found.contains { $0.line == line && $0.message.contains(message) },
        "\(message): \(found)")
    }
  }

  /// By hand: A = (2·4 + 1·2 + 1·3) / 4 = 3.25.
  ///
  /// Of B the third is unknown: (2·2 + 1·5) / 3 = 3. Over all criteria A lies
  /// between (8 + 1 + 3) / 4 = 3 and (8 + 3 + 3) / 4 = 3.5, B between 9/4 = 2.25 and (9 + 5) / 4 = 3.5.
  @Test("rank by what is known, and say how far that can be wrong")
  func ranking() throws {
    let ranking = try #require(try scorecard(two).ranking)
    #expect(ranking.places.map(\.platform) == ["a", "b"])
    #expect(ranking.places[0].score == 3.25)
    #expect(ranking.places[1].score == 3)
    #expect(ranking.places[0].range == 3...3.5)
    #expect(ranking.places[1].range == 2.25...3.5)
    #expect(ranking.places[1].known == 0.75)
    #expect(!ranking.isSure)
  }

  /// By hand, of the two criteria that both have: differences 4 − 2 = 2 and 2 − 5 = −3.
  ///
  /// For action r = 2 and d = −3: the
  /// lead ends at 2 / (2 + 3) = 40 %; above it B leads. For observability r = −3, d = 2: −3 / (−3 − 2) = 60 %, below
  /// which B leads. Learning has no answer of B.
  @Test("say which weights would turn the ranking round")
  func weights() throws {
    let ranking = try #require(try scorecard(two).ranking)
    let flips = Dictionary(uniqueKeysWithValues: ranking.weights.map { ($0.criterion, $0.flips) })
    #expect(flips["action"] == [.init(share: 0.4, isAbove: true, platform: "b")])
    #expect(flips["observability"] == [.init(share: 0.6, isAbove: false, platform: "b")])
    #expect(flips["learning"] == [])
    // Without observability: A (2 + 3) / 2 = 2.5, B 5.
    #expect(ranking.weights.first { $0.criterion == "observability" }?.leaderWithout == "b")
    // Twice observability: A (16 + 2 + 3) / 6 = 3.5, B (8 + 5) / 5 = 2.6.
    #expect(ranking.weights.first { $0.criterion == "observability" }?.leaderWithTwice == "a")
  }

  @Test("without weights rank nobody")
  func noWeights() throws {
    let text = two.replacing("weights: { observability: 2, action: 1, learning: 1 }", with: "")
    #expect(try scorecard(text).ranking == nil)
  }

  /// By hand: 4 agents · 50 · 12 = 2400; 6000 hops · 0.5 = 3000, from 2500 to 3500; 3 workflows · 100 · 12 = 3600.
  @Test("cost the price models at the simulated volume, with its interval")
  func prices() throws {
    var evidence = QuestionnaireEvidence()
    evidence.uses = [use]
    let costs = try scorecard(two).yearlyCosts(evidence)
    #expect(costs.map(\.model) == [.perAgent, .perTransaction, .perWorkflow])
    #expect(costs.map { $0.cost?.mean } == [2400, 3000, 3600])
    #expect(costs[1].cost?.interval == 2500...3500)
    let tables = questionnaireTables(try scorecard(two).filled(evidence), evidence: evidence)
    let table = try #require(tables.first { $0.id == "price-models" })
    // Paying 0.5 for each costs as much as 2400 a year at 4800 transactions.
    #expect(table.rows[0].cells.last == .number(4800))
    // Without a simulation the volume is unknown, and so is the cost.
    let unknown = try scorecard(two).yearlyCosts(QuestionnaireEvidence())
    #expect(unknown.map { $0.cost?.mean } == [nil, nil, 3600])
    #expect(unknown[0].missing?.contains("central") == true)
  }

  /// By hand: 5 at 250 ms.
  ///
  /// Of two vendors one is connected: 2.5. B's cheapest is 3600, A's 2400: A has 5, B
  /// 5 · 2400 / 3600 = 3.33.
  @Test("fill in what can be computed, each with its basis, and leave answers alone")
  func filled() throws {
    var evidence = QuestionnaireEvidence()
    evidence.uses = [use]
    evidence.vendors = ["UiPath", "SAP"]
    evidence.standards = ["MCP"]
    let before = try scorecard(
      two
        + "    # B answers for itself\n".replacing(
          "# B answers for itself", with: "scalability: { score: 1, by: Bo, on: 2026-11-21 }"))
    let after = before.filled(evidence)
    #expect(after.answer("a", "scalability")?.score == 5...5)
    #expect(after.answer("b", "scalability")?.score == 1...1)
    #expect(after.answer("b", "scalability")?.by == "Bo")
    #expect(after.answer("a", "integration_breadth")?.score == 2.5...2.5)
    #expect(after.answer("a", "integration_breadth")?.basis?.contains("not SAP") == true)
    #expect(after.answer("b", "integration_breadth") == nil)
    #expect(after.answer("a", "flexibility") == nil)
    #expect(after.answer("a", "cost_model")?.score == 5...5)
    let own = try #require(after.answer("b", "cost_model")?.score)
    #expect(abs(own.lowerBound - 5 * 2400 / 3600) < 1e-12 && own.lowerBound == own.upperBound)
    for answer in after.answers where answer.by == nil { #expect(answer.basis != nil) }
    #expect(after.answer("a", "vendor_vision") == nil)
    #expect(
      try readQuestionnaire(Array(after.fileText.utf8), path: "x").answers.count
        == after.answers.count)
  }

  @Test("what an organisation made itself is of no vendor")
  func ownDevelopment() {
    #expect(isOwnDevelopment("A2A service, own development"))
    #expect(isOwnDevelopment("In-house Java"))
    #expect(!isOwnDevelopment("UiPath") && !isOwnDevelopment("SAP Custom Domain Service"))
  }

  @Test("a checklist tells what was shown from what was only claimed")
  func vendors() throws {
    let text = """
      questionnaire: vendor-checklist
      platforms: { acme: { title: Acme } }
      answers:
        acme:
          visibility: { answer: yes, artefact: traces/acme.json, by: Ada, on: 2026-11-20 }
          control: { answer: partly, by: Ada, on: 2026-11-20 }
          coordination: { answer: no, by: Ada, on: 2026-11-20 }

      """
    let read = try readQuestionnaire(Array(text.utf8), path: "v.yaml")
    let table = try #require(
      questionnaireTables(read, evidence: QuestionnaireEvidence()).first)
    #expect(
      table.summary == "Of 5 questions, 1 answered and shown, 1 only claimed, 2 open.")
    #expect(try readQuestionnaire(Array(read.fileText.utf8), path: "v.yaml") == read)
    for row in table.rows {
      guard case .text(let artefact) = row.cells[3] else {
        Issue.record("no artefact is demanded in \(row)")
        continue
      }
      #expect(!artefact.isEmpty)
    }
  }

  @Test("ask nine criteria, five questions with an artefact each, and the items of readiness")
  func items() {
    #expect(QuestionnaireItem.criteria.count == 9)
    #expect(QuestionnaireItem.vendorQuestions.count == 5)
    #expect(QuestionnaireItem.vendorQuestions.allSatisfy { $0.artefact != nil })
    #expect(ReadinessItem.allCases.count == 13)
  }
}
