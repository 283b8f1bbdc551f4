import Facts
import Scenarios
import Testing

@Suite("Prosimos' files that cannot be taken over")
struct ImportProsimosErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var passage: String
    var mistake: String
    /// Place and beginning of the message.
    var message: String
    var testDescription: String { message }

    init(_ passage: String, _ mistake: String, _ message: String) {
      self.passage = passage
      self.mistake = mistake
      self.message = message
    }
  }

  static let mistakes = [
    Mistake(
      "\"calendar\": \"late\"", "\"calendar\": \"lat\"",
      "'$.resource_profiles[1].resource_list[0]' has the calendar 'lat'; did you mean 'late'?"),
    Mistake(
      "\"amount\": 2", "\"amount\": 2.5",
      "'$.resource_profiles[0].resource_list[1]' has the amount 2.5"),
    Mistake(
      "\"cost_per_hour\": \"30.5\"", "\"cost_per_hour\": \"thirty\"",
      "'$.resource_profiles[0].resource_list[0].cost_per_hour' is a text; expected a number"),
    Mistake(
      "\"cost_per_hour\": \"30.5\", ", "",
      "'$.resource_profiles[0].resource_list[0].cost_per_hour' is missing"),
    Mistake(
      "\"resource_id\": \"r1\"", "\"resource_id\": \"r9\"",
      "'$.task_resource_distribution[0].resources[0]' speaks of 'r9'; did you mean 'r"),
    Mistake(
      "\"task_id\": \"reject\"", "\"task_id\": \"rejects\"",
      "'$.task_resource_distribution' says of nobody that they do the task 'reject'"),
    Mistake(
      "\"distribution_name\": \"fix\"", "\"distribution_name\": \"fixx\"",
      "'$.task_resource_distribution[0].resources[0].distribution_name' is 'fixx', which is no distribution"
    ),
    Mistake(
      "\"distribution_name\": \"fix\", \"distribution_params\": [{ \"value\": 300 }]",
      "\"distribution_name\": \"fix\"",
      "'$.task_resource_distribution[0].resources[0].distribution_params' is missing"),
    Mistake(
      "[{ \"value\": 300 }]", "[]",
      "'$.task_resource_distribution[0].resources[0].distribution_params' has 0 numbers; fix takes the value"
    ),
    Mistake(
      "[{ \"value\": 300 }]", "[{ \"value\": -300 }]",
      "'$.task_resource_distribution[0].resources[0].distribution_params' cannot be taken over: a time of -300 s is negative"
    ),
    Mistake(
      "{ \"value\": 240 }, { \"value\": 600 }", "{ \"value\": 600 }, { \"value\": 240 }",
      "'$.task_resource_distribution[0].resources[1].distribution_params' cannot be taken over: maximum of the uniform"
    ),
    Mistake(
      "\"distribution_name\": \"fix\", \"distribution_params\": [{ \"value\": 300 }]",
      "\"distribution_name\": \"exponnorm\", \"distribution_params\": [1, 60, 5, 0, 900]",
      "'$.task_resource_distribution[0].resources[0].distribution_params' cannot be taken over: the exponentially modified normal"
    ),
    Mistake(
      "{ \"value\": 60 }, { \"value\": 7200 }]\n", "{ \"value\": 7200 }, { \"value\": 60 }]\n",
      "'$.arrival_time_distribution.distribution_params' has bounds between which there is no time"),
    Mistake(
      "\"path_id\": \"f3\"", "\"path_id\": \"f33\"",
      "'$.gateway_branching_probabilities[0].probabilities[0]' names 'f33', no flow out of the gateway 'decide'; did you mean 'f3'?"
    ),
    Mistake(
      "\"value\": \"0.07\"", "\"value\": 1.5",
      "'$.gateway_branching_probabilities[0].probabilities[0]' has the probability 1.5"),
    Mistake(
      "{ \"path_id\": \"f4\" }", "{ \"path_id\": \"f4\", \"value\": 0.5 }",
      "'$.gateway_branching_probabilities[0]' has probabilities that sum to 0.57; expected 1"),
    Mistake(
      "\"beginTime\": \"07:00:00\", \"endTime\": \"15:00:00\"",
      "\"beginTime\": \"16:00:00\", \"endTime\": \"15:00:00\"",
      "'$.resource_calendars[0].time_periods[0]' ends before it begins"),
    Mistake(
      "\"endTime\": \"15:00:00\"", "\"endTime\": \"15:00:30\"",
      "'$.resource_calendars[0].time_periods[0].endTime' is '15:00:30'; expected a time of day in whole minutes"
    ),
    Mistake(
      "\"to\": \"THURSDAY\"", "\"to\": \"THURSD\"",
      "'$.resource_calendars[0].time_periods[0].to' is 'THURSD', no day of the week"),
    Mistake(
      "\"id\": \"late\", \"name\"", "\"id\": \"early\", \"name\"",
      "'$.resource_calendars[1]' has the id 'early', which another calendar has"),
    Mistake(
      "\"model_type\": \"CRISP\"", "\"model_type\": \"FUZZY\"",
      "'$.model_type' is FUZZY: people who are there with a probability, and work that"),
    Mistake(
      "\"resource_calendars\": [", "\"calendars\": [",
      "'$.resource_calendars' is missing; Prosimos needs it too"),
    Mistake(
      "\"gateway_branching_probabilities\": [", "\"gateway_branching_probabilities\": {}, \"x\": [",
      "'$.gateway_branching_probabilities' is an object; expected a list of gateways"),
  ]

  @Test("say where and what is wrong", arguments: mistakes)
  func says(mistake: Mistake) {
    let text = sampleParameters.replacing(
      mistake.passage, with: mistake.mistake, maxReplacements: 1)
    #expect(text != sampleParameters)
    do {
      _ = try imported(text)
      Issue.record("it was taken over")
    } catch {
      #expect(
        error.problems.contains { $0.message.hasPrefix(mistake.message) },
        "\(error.problems.map(\.message))")
      #expect(error.problems.allSatisfy { $0.location.path == "data/loan.json" })
      #expect(error.problems.allSatisfy { $0.location.line != nil })
    }
  }

  @Test("are refused where they are no JSON, end too early, or are something else")
  func otherFiles() {
    for (text, message) in [
      ("{ \"resource_profiles\": [", "ends"), ("not JSON", ""),
      ("{ \"nodes\": [], \"connections\": {} }", "this is no file of parameters that is known"),
      ("[]", "this is no file of parameters that is known"),
      ("{ \"resource_profiles\": 3 }", "'$.resource_profiles' is a number"),
    ] {
      do {
        _ = try imported(text)
        Issue.record("\(text) was taken over")
      } catch {
        #expect(
          error.problems.contains { $0.message.contains(message) },
          "\(error.problems.map(\.message))")
      }
    }
  }

  @Test("are refused with options that make no scenario")
  func options() {
    for (options, message) in [
      (ScenarioImportOptions(bpmn: "x", start: "yesterday"), "is no date such as 2026-01-05"),
      (ScenarioImportOptions(bpmn: "x", cases: 0), "at least 1 case must be simulated"),
      (ScenarioImportOptions(bpmn: "x", currency: "euro"), "is no ISO 4217 code"),
    ] {
      do {
        _ = try importScenario(
          Array(sampleParameters.utf8), path: "p.json", process: smallLoanProcess(),
          options: options)
        Issue.record("it was taken over")
      } catch {
        #expect(error.problems.contains { $0.message.contains(message) })
      }
    }
  }

  /// Names that YAML or the language would take for something else, or that would end a line.
  @Test("with hostile names give a scenario that is read back, and no line of their own")
  func hostileNames() throws {
    for name in [
      "a: b # c", "- x", "yes", "{}", "\\\"", "\\n  evil: 1", "é ü", "value", "imported", "*", "&a",
      "\\u202e", "a, b]", "'", "%", "~", "1.5", "default",
    ] {
      let text = try imported(
        sampleParameters.replacing("\"name\": \"Ada\"", with: "\"name\": \"\(name)\"")
          .replacing("\"name\": \"Clerks\"", with: "\"name\": \"\(name)\"")
          .replacing("\"id\": \"early\"", with: "\"id\": \"\(name)\"")
          .replacing("\"calendar\": \"early\"", with: "\"calendar\": \"\(name)\"")
      ).text
      #expect(!text.contains("\n  evil"))
      let scenario = try read(text, smallLoanProcess())
      #expect(scenario.variants[0].stack.teams[0].people == 3, "\(name)")
    }
  }
}
