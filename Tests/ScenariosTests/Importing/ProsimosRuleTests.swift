import Facts
import Simulation
import Testing

@testable import Scenarios

/// The sample with sections in place of the empty list of batches, and conditions at its gateway.
private func sample(
  _ sections: String, conditions: [String?] = [], shares: [Double] = [0.25, 0.75]
) -> String {
  var text = sampleParameters.replacing(
    "\"case_attributes\": [{ \"name\": \"amount\", \"type\": \"continuous\", \"values\": {} }],",
    with: ""
  )
  .replacing("\"batch_processing\": [],", with: sections + ",")
  if !conditions.isEmpty {
    let ways = zip(["f3", "f4"], zip(conditions, shares)).map { flow, way in
      "{ \"path_id\": \"\(flow)\", \"value\": \(way.1)"
        + (way.0.map { ", \"condition_id\": \"\($0)\"" } ?? "") + " }"
    }
    text = text.replacing(
      "[{ \"path_id\": \"f3\", \"value\": \"0.07\" }, { \"path_id\": \"f4\" }]",
      with: "[\(ways.joined(separator: ", "))]")
  }
  return text
}

/// Two case attributes: a kind and an amount between 0 and 1000.
private let attributes = """
  "case_attributes": [
    { "name": "client type", "type": "discrete",
      "values": [{ "key": "REGULAR", "value": 0.8 }, { "key": "BUSINESS", "value": "0.2" }] },
    { "name": "amount", "type": "continuous", "values": { "distribution_name": "uniform",
      "distribution_params": [{ "value": 0 }, { "value": 1000 }] } }
  ]
  """

private func rule(_ id: String, _ tests: String) -> String {
  "{ \"id\": \"\(id)\", \"rules\": [\(tests)] }"
}

private func test(_ attribute: String, _ comparison: String, _ value: String) -> String {
  "{ \"attribute\": \"\(attribute)\", \"comparison\": \"\(comparison)\", \"value\": \(value) }"
}

@Suite("Attributes, urgency, conditions and batches of Prosimos")
struct ProsimosRuleTests {
  private func section(_ text: String, _ name: String) throws -> String {
    let start = try #require(text.firstRange(of: "\n\(name):\n"), "\(text)")
    let rest = text[start.upperBound...]
    return String(rest[..<(rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex)])
  }

  /// Runs the scenario with all cases checked in the same time, and counts the pieces of work.
  private func counts(_ text: String) throws -> [String: Int] {
    let model = try #require(try compile(read(text, smallLoanProcess())).variants.first?.model)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let rows = WorkRecordRows(activities: 3, guardrails: 0)
    return Dictionary(
      uniqueKeysWithValues: model.flow.activities.indices.map { index in
        (model.flow.activityID(index), Int(record.work[rows.row(activity: index, .task)].count))
      })
  }

  // MARK: Urgency

  /// Prosimos takes the rule of the smallest level that holds; a case of none comes last of all.
  @Test("rules of urgency become classes, and a case of none goes last")
  func priorities() throws {
    let made = try imported(
      sample(
        """
        \(attributes),
        "prioritisation_rules": [
          { "priority_level": 5, "rules": [[\(test("amount", "in", "[\"500\", \"inf\"]"))]] },
          { "priority_level": "2", "rules": [
            [\(test("client type", "=", "\"BUSINESS\"")), \(test("amount", "in", "[0, 250.5]"))],
            [\(test("amount", "in", "[900, 900]"))] ] } ]
        """))
    #expect(
      try section(made.text, "priorities") == """
          - when: client_type = BUSINESS and amount between 0 and 250.5 or amount = 900
            class: 2
            imported: "loan.json $.prioritisation_rules"
          - when: amount >= 500
            class: 5
            imported: "loan.json $.prioritisation_rules"
          - class: 6
            imported: "loan.json $.prioritisation_rules"
        """)
    #expect(
      try section(made.text, "attributes") == """
          client_type:   # client type
            imported: "loan.json $.case_attributes"
            categories:
              REGULAR: 80 %
              BUSINESS: 20 %
          amount:
            imported: "loan.json $.case_attributes"
            number: uniform 0 1000
        """)
    let model = try #require(
      try compile(read(made.text, smallLoanProcess())).variants.first?.model)
    #expect(model.stack.priorityRules.map(\.priority) == [2, 5, 6])
    #expect(
      model.stack.priorityRules.last == PriorityRule(.always, priority: 6))
    #expect(
      model.stack.priorityRules[1]
        == PriorityRule(
          .compares(attribute: 1, .atLeast, 500), priority: 5))
  }

  // MARK: Conditions

  /// `≥ 250` and `in 0 … 250` both hold at 250 alone, which a continuous amount never is.
  @Test("conditions that exclude each other and leave nothing out choose the flow")
  func exclusive() throws {
    let made = try imported(
      sample(
        """
        \(attributes),
        "branch_rules": [
          \(rule("large", "[\(test("amount", ">=", "\"250\""))]")),
          \(rule("small", "[\(test("amount", "in", "[0, 250]"))]")) ]
        """, conditions: ["large", "small"]))
    #expect(
      try section(made.text, "branching") == """
          imported: "loan.json $.gateway_branching_probabilities"
          decide:
            imported: "loan.json $.branch_rules"
            f3: amount >= 250   # good risk
            f4: otherwise   # Reject
        """)
    let count = try counts(made.text)
    #expect(count["approve", default: 0] + count["reject", default: 0] == 500)
    // 375 of 500 are expected, with a standard deviation of √(500 · ¾ · ¼) = 9.7; 3.29 of it are 32.
    #expect(abs(count["approve", default: 0] - 375) <= 32)
  }

  /// Nobody is BUSINESS with a negative amount, so the second rule never holds; the first always does.
  @Test("conditions that always hold alike become shares")
  func constant() throws {
    let made = try imported(
      sample(
        """
        \(attributes),
        "branch_rules": [
          \(rule("all", "[\(test("amount", ">", "-1"))]")),
          \(rule("none", "[\(test("client type", "=", "\"BUSINESS\"")), \(test("amount", "<", "0"))]")) ]
        """, conditions: ["all", "none"]))
    #expect(try counts(made.text) == ["check": 500, "approve": 500, "reject": 0])
  }

  /// Where both hold, Prosimos takes them by their shares scaled to one: 0.25 and 0.75.
  ///
  /// `a` holds of 80 %,
  /// `b` of all: f3 gets 0.8 · 0.25 = 20 %.
  ///
  /// With one condition that holds of 80 %, and none else: f3 gets 0.8 + 0.2 · 0.25 = 85 %, as the rest go by
  /// the shares of both.
  @Test("where several conditions hold, or none, the shares decide")
  func luck() throws {
    let rules = """
      \(attributes),
      "branch_rules": [
        \(rule("a", "[\(test("client type", "!=", "\"BUSINESS\""))]")),
        \(rule("b", "[\(test("amount", "<=", "1000"))]")) ]
      """
    let several = try imported(sample(rules, conditions: ["a", "b"])).text
    #expect(
      try section(several, "branching") == """
          imported: "loan.json $.gateway_branching_probabilities"
          decide:
            imported: "loan.json $.branch_rules"
            f3: "(client_type = REGULAR) and (amount <= 1000) and luck_decide < 0.25"   # good risk
            f4: "(client_type = REGULAR) and (amount <= 1000) and luck_decide >= 0.25 or not \
        (client_type = REGULAR) and (amount <= 1000)"   # Reject
        """)
    // √(500 · 0.2 · 0.8) = 8.9 and √(500 · 0.85 · 0.15) = 8.0; times 3.29 that is 30 and 27.
    #expect(abs(try counts(several)["approve", default: 0] - 100) <= 30)
    let none = try imported(sample(rules, conditions: ["a", nil])).text
    #expect(abs(try counts(none)["approve", default: 0] - 425) <= 27)
  }

  // MARK: Attributes that tasks set

  /// `check` makes every case GOOD, before the gateway asks; `approve`, behind it, sets a score that the
  /// gateway never sees.
  @Test("what a task sets is known from then on, and no condition holds before")
  func updates() throws {
    let sections = """
      "event_attributes": [
        { "event_id": "check", "attributes": [
          { "name": "state", "type": "discrete", "values": [{ "key": "GOOD", "value": 1 }] } ] },
        { "event_id": "approve", "attributes": [
          { "name": "score", "type": "continuous", "values": { "distribution_name": "fix",
            "distribution_params": [{ "value": 0 }] } } ] } ],
      "branch_rules": [
        \(rule("good", "[\(test("state", "=", "\"GOOD\""))]")),
        \(rule("low", "[\(test("score", "<", "1"))]")),
        \(rule("known", "[\(test("state", "!=", "\"BAD\""))]")) ]
      """
    let good = try imported(sample(sections, conditions: ["good", nil], shares: [0, 1])).text
    #expect(
      good.contains("sets:\n      imported: \"loan.json $.event_attributes\"\n      state: GOOD\n"))
    #expect(good.contains("      score: 0\n      score_known: true\n"))
    #expect(try counts(good) == ["check": 500, "approve": 500, "reject": 0])
    // The score is 0 only behind the gateway, so that the condition on it never holds.
    let low = try imported(sample(sections, conditions: ["low", nil], shares: [0, 1])).text
    #expect(try counts(low) == ["check": 500, "approve": 0, "reject": 500])
    let known = try imported(sample(sections, conditions: ["known", nil], shares: [0, 1])).text
    #expect(try counts(known) == ["check": 500, "approve": 500, "reject": 0])
  }

  @Test("an attribute that all cases share is one of each case where it never varies")
  func shared() throws {
    let global = { (name: String, parameters: String) in
      """
      "global_attributes": [{ "name": "limit", "type": "continuous", "values": {
        "distribution_name": "\(name)", "distribution_params": [\(parameters)] } }],
      "branch_rules": [\(rule("high", "[\(test("limit", ">", "10"))]"))]
      """
    }
    let fixed = try imported(
      sample(global("fix", "{ \"value\": 20 }"), conditions: ["high", nil])
    ).text
    #expect(try counts(fixed) == ["check": 500, "approve": 500, "reject": 0])
    #expect(throws: ScenarioErrors.self) {
      try imported(
        sample(
          global("uniform", "{ \"value\": 0 }, { \"value\": 20 }"), conditions: ["high", nil]))
    }
  }

  // MARK: Batches

  private func batches(_ changes: (String, String)...) -> String {
    var batch = """
      "batch_processing": [{ "task_id": "check", "type": "Parallel",
        "size_distrib": [{ "key": "1", "value": 0 }, { "key": "3", "value": 1 }],
        "duration_distrib": [{ "key": "3", "value": 0.8 }],
        "firing_rules": [[{ "attribute": "size", "comparison": "=", "value": 3 }]] }]
      """
    for (passage, change) in changes { batch = batch.replacing(passage, with: change) }
    // All who check take 5 min, and cases come every 10 min around the clock, when people are there.
    return sample(batch)
      .replacing(
        "\"distribution_name\": \"uniform\",\n          \"distribution_params\": [{ \"value\": 240 }, { \"value\": 600 }]",
        with: "\"distribution_name\": \"fix\", \"distribution_params\": [{ \"value\": 300 }]"
      )
      .replacing(
        "\"distribution_name\": \"expon\",\n    \"distribution_params\": [{ \"value\": 900 }, { \"value\": 60 }, { \"value\": 7200 }]",
        with: "\"distribution_name\": \"fix\", \"distribution_params\": [{ \"value\": 600 }]"
      )
      .replacing("\"calendar\": \"early\"", with: "\"calendar\": \"late\"")
  }

  /// Three cases of 300 s · 0.8 each: 720 s from the third on.
  ///
  /// Six cases from 08:00 on, 600 s apart: waits of
  /// 1200 + 600 + 0 s, twice; and 6 · 720 s from the start to the end, in which 6 · 240 s of work lie.
  @Test("a batch that starts by its size takes the time of all its cases")
  func batch() throws {
    let made = try imported(batches(), cases: 6)
    #expect(
      made.text.contains(
        "    batch:\n      imported: \"loan.json $.batch_processing\"\n      size: 3 cases\n      each: 4 min\n"
      ))
    let model = try #require(
      try compile(read(made.text, smallLoanProcess())).variants.first?.model)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let rows = WorkRecordRows(activities: 3, guardrails: 0)
    let index = try #require(
      model.flow.activities.indices.first { model.flow.activityID($0) == "check" })
    let work = record.work[rows.row(activity: index, .task)]
    #expect(work.count == 6)
    #expect(work.waitingTime == 3600 * 1_000_000)
    #expect(work.serviceTime == 6 * 720 * 1_000_000)
    #expect(work.workTime == 6 * 240 * 1_000_000)
    #expect(made.notes.contains { $0.message.contains("up to 2 of the last cases go on waiting") })
  }

  @Test("cases that wait for a batch which is never full do not keep the run from ending")
  func leftOver() throws {
    let made = try imported(batches(), cases: 5)
    let model = try #require(
      try compile(read(made.text, smallLoanProcess())).variants.first?.model)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } == 5)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 3)
  }

  // MARK: Refusals

  struct Refusal: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var testDescription: String { message }
  }

  static let refusals: [Refusal] = {
    let tests = ProsimosRuleTests()
    func urgency(_ rule: String) -> String {
      sample(
        """
        \(attributes), "event_attributes": [{ "event_id": "check", "attributes": [
          { "name": "state", "type": "discrete", "values": [{ "key": "GOOD", "value": 1 }] } ] }],
        "prioritisation_rules": [{ "priority_level": 1, "rules": [[\(rule)]] }]
        """)
    }
    func event(_ name: String, _ type: String, _ values: String) -> String {
      sample(
        """
        \(attributes), "event_attributes": [{ "event_id": "check", "attributes": [
          { "name": "\(name)", "type": "\(type)", "values": \(values) } ] }],
        "branch_rules": [\(rule("one", "[\(test(name, "=", "1"))]"))]
        """, conditions: ["one", nil])
    }
    let place = "'$.prioritisation_rules[0].rules[0][0]"
    let batch = "'$.batch_processing[0]"
    let value = "'$.event_attributes[0].attributes[0]"
    return [
      Refusal(
        text: urgency(test("client typ", "=", "\"x\"")),
        message: "\(place)' asks for the attribute 'client typ'; did you mean 'client type'?"),
      Refusal(
        text: urgency(test("state", "=", "\"GOOD\"")),
        message: "\(place)' asks for 'state', but Prosimos' urgency knows"),
      Refusal(
        text: urgency(test("amount", ">", "5")),
        message: "\(place)' compares by '>', which Prosimos takes for ="),
      Refusal(
        text: urgency(test("amount", "=", "\"5\"")),
        message: "\(place).value' is a text, which the number 'amount' never equals"),
      Refusal(
        text: urgency(test("client type", "in", "[1, 2]")),
        message: "\(place)' asks whether 'client type', which is a text, lies in a range"),
      Refusal(
        text: urgency(test("amount", "in", "[3, 2]")),
        message: "\(place).value' is a range that runs backwards"),
      Refusal(
        text: sample(
          attributes.replacing("\"0.2\"", with: "0.3") + ", \"prioritisation_rules\": "
            + "[{ \"priority_level\": 1, \"rules\": [[\(test("client type", "=", "\"x\""))]] }]"),
        message: "'$.case_attributes[0]' has shares that sum to 1.1; expected 1"),
      Refusal(
        text: sample(attributes, conditions: ["lost", nil]),
        message:
          "'$.gateway_branching_probabilities[0].probabilities[0]' names the condition 'lost'"),
      Refusal(
        text: event("x", "expression", "\"amount * 2\""),
        message: "\(value).values' is an expression"),
      Refusal(
        text: event("x", "dtree", "[[true, \"1\"]]"),
        message: "\(value).values' is a tree of decisions"),
      Refusal(
        text: event("x", "discrete", "{ \"1\": { \"1\": 1 } }"),
        message: "\(value).values' draws the next value by the one before"),
      Refusal(
        text: event("amount", "continuous", "{}"),
        message: "\(value)' changes the case attribute 'amount', which Prosimos refuses"),
      Refusal(
        text: tests.batches(("Parallel", "Sequential")), message: "\(batch).type' is Sequential"),
      Refusal(
        text: tests.batches(("Parallel", "Concurrent")), message: "\(batch).type' is Concurrent"),
      Refusal(
        text: tests.batches(("\"key\": \"1\", \"value\": 0 ", "\"key\": \"1\", \"value\": 0.5 ")),
        message: "\(batch).size_distrib[0]' lets 50 % of the cases be done alone"),
      Refusal(
        text: tests.batches(("\"size\"", "\"large_wt\"")),
        message: "\(batch).firing_rules[0][0]' starts a batch once its first case has waited"),
      Refusal(
        text: tests.batches(("\"size\"", "\"ready_wt\"")),
        message: "\(batch).firing_rules[0][0]' starts a batch by the time since the last case"),
      Refusal(
        text: tests.batches(("\"size\"", "\"daily_hour\"")),
        message: "\(batch).firing_rules[0][0]' starts a batch at an hour"),
      Refusal(
        text: tests.batches(("}]]", "}], []]")),
        message: "\(batch).firing_rules' joins several conditions"),
      Refusal(
        text: tests.batches(("\"check\"", "\"approve\"")),
        message: "\(batch)' puts 'approve' into batches, whose time varies"),
      Refusal(
        text: sample("\"multitask\": { \"type\": \"local\", \"values\": [] }"),
        message: "'$.multitask' cannot be taken over: how many things"),
    ]
  }()

  @Test("what a scenario cannot say is refused with its place", arguments: refusals)
  func refuses(refusal: Refusal) {
    do {
      _ = try imported(refusal.text)
      Issue.record("it was taken over")
    } catch {
      #expect(
        error.problems.contains { $0.message.hasPrefix(refusal.message) },
        "\(error.problems.map(\.message))")
      #expect(error.problems.allSatisfy { $0.location.line != nil })
    }
  }

  @Test("what no rule asks for is left out with a note where it cannot be said")
  func unread() throws {
    let made = try imported(
      sample(
        """
        \(attributes), "event_attributes": [{ "event_id": "check", "attributes": [
          { "name": "x", "type": "expression", "values": "amount * 2" } ] }],
        "multitask": { "type": "global", "values": [{ "resource_id": "r1", "r_workload": 0.5,
          "multitask_info": [{ "parallel_tasks": 1, "probability": 1 }] }] }
        """))
    #expect(
      made.notes.contains {
        $0.message.hasPrefix("'$.event_attributes[0].attributes[0].values' is an expression")
          && $0.message.hasSuffix("left out, as no rule asks for it")
      })
    #expect(made.notes.contains { $0.message.hasPrefix("'$.multitask' is left out: nobody") })
    #expect(try counts(made.text)["check"] == 500)
  }
}
