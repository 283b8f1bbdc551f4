import Foundation
import Testing

extension EndToEndTests {
  @Suite("Comparing variants") struct CompareTests {
    private static let loan = "scenarios/loan-approval.yaml"

    /// Two variants of one task, and two parameters to sweep: clerks are dear, a robot fails.
    static let swept = """
      rehearse: 1
      title: A robot for one task
      bpmn: one-task.bpmn
      clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
      calendars: { office: mon-fri 08:00-16:00 }
      demand: { arrivals: { rate: 60 per working day } }
      teams: { clerks: { people: 1, cost: 40 EUR/h } }
      activities: { task: { team: clerks, time: exponential mean 6 min } }
      automations:
        robot: { kind: rpa, runners: 4, time: 1 min, failure: 10 %, price: 1 EUR per run }
      variants:
        as-is: { title: By hand }
        robot: { title: By a robot, extends: as-is, assign: { robot: [task] } }
      experiment: { replications: 6, seed: 3 }
      sweep:
        price: { change: automations.robot.price, to: [1 EUR per run, 3 EUR per run, 9 EUR per run] }
        failure: { change: automations.robot.failure, to: [5 %, 20 %, 50 %] }

      """

    @Test("the results have the documented shape")
    func shape() async throws {
      let document = try json(
        await output(
          of: "compare", Self.loan, "--replications", "2", "--no-record", "--format", "json"))
      let estimate: [String: JSONShape] = [
        "mean": .number, "lower": .number, "upper": .number, "n": .number, "level": .number,
      ]
      let variant: JSONShape = .open([
        "title": .text, "orchestrationLevel": .number,
        "figures": .named(.open(estimate.merging(["unit": .text]) { $1 })),
        "exhaustion": .open([
          "byDay": .list(.open(["count": .number, "n": .number, "lower": .number]))
        ]),
        "costStack": .list(.object(["component": .text, "perCase": .number])),
        "teams": .list(
          .open([
            "name": .text, "people": .number, "backlogHours": .list(.open(["mean": .number])),
          ])),
        "completion": .list(.open(["firstWeek": .number, "unfinishedShare": .number])),
      ])
      let shape: JSONShape = .open([
        "variants": .named(variant), "order": .list(.text), "baseline": .text, "seed": .number,
        "replications": .number, "currency": .text,
        "differences": .list(
          .open([
            "variant": .text, "figure": .text, "unit": .text, "verdict": .text,
            "estimate": .object(estimate),
          ])),
        "parameters": .list(.open([:])), "provenance": .open(["scenarioDigest": .text]),
      ])
      #expect(shape.differences(document) == [])
      let order = try #require(document["order"] as? [String])
      let variants = try #require(document["variants"] as? [String: [String: Any]])
      #expect(
        order == ["as-is", "agents", "layer-only", "agents+layer", "agents+layer+remedies"])
      #expect(Set(variants.keys) == Set(order))
      #expect(document["baseline"] as? String == "as-is" && document["seed"] as? Int == 7)
      let figures = try #require(variants["agents"]?["figures"] as? [String: Any])
      for name in ["cost_per_case", "time_to_completion", "done_right"] {
        #expect(figures[name] != nil, "\(name) is missing")
      }
      let differences = try #require(document["differences"] as? [[String: Any]])
      for name in order.dropFirst() {
        #expect(differences.contains { $0["variant"] as? String == name })
      }
    }

    /// JSON and HTML of a comparison; the report is always written to the same place, which it names.
    private func results(
      _ scenario: String, _ options: [String], in folder: TemporaryFolder
    ) async throws -> (json: String, html: Data) {
      let place = folder.file("report.html")
      let outcome = try await rehearse(
        ["compare", scenario, "--format", "json", "--no-record", "--output", place] + options)
      try #require(outcome.exitCode == 0, "\(outcome)")
      let html = try Data(contentsOf: URL(filePath: place))
      try FileManager.default.removeItem(atPath: place)
      return (outcome.output, html)
    }

    @Test("the same seed gives the same bytes, on one thread, on two, and again; another does not")
    func determinism() async throws {
      let folder = try TemporaryFolder()
      let options = ["--replications", "4"]
      let one = try await results(Self.loan, options + ["--threads", "1"], in: folder)
      let two = try await results(Self.loan, options + ["--threads", "2"], in: folder)
      let again = try await results(Self.loan, options + ["--threads", "2"], in: folder)
      #expect(one.json == two.json && two.json == again.json)
      #expect(one.html == two.html && two.html == again.html)
      #expect(one.json.count > 10_000 && one.html.count > 50_000)
      let other = try await results(Self.loan, options + ["--seed", "8"], in: folder)
      let figures = try json(one.json)["differences"] as? NSArray
      let others = try json(other.json)["differences"] as? NSArray
      #expect(figures != nil && others != nil && figures != others)
      #expect(other.html != one.html)
    }

    @Test("a variant has the same luck alone beside the baseline as beside all others")
    func fewerVariants() async throws {
      let options = ["--replications", "2", "--no-record", "--format", "json"]
      let all = try json(try await rehearse(["compare", Self.loan] + options).output)
      let two = try json(
        try await rehearse(["compare", Self.loan, "--variant", "agents+layer"] + options).output)
      #expect(two["order"] as? [String] == ["as-is", "agents+layer"])
      for name in ["as-is", "agents+layer"] {
        let figures = (all["variants"] as? [String: NSDictionary])?[name]?["figures"]
        let alone = (two["variants"] as? [String: NSDictionary])?[name]?["figures"]
        #expect(figures is NSDictionary && figures as? NSDictionary == alone as? NSDictionary)
      }
    }

    @Test("the report is one HTML file that opens offline and does not name this machine")
    func report() async throws {
      let folder = try TemporaryFolder()
      let page = String(
        decoding: try await results(Self.loan, ["--replications", "2"], in: folder).html,
        as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>") || page.hasPrefix("<!doctype html>"))
      #expect(page.contains("</html>"))
      #expect(page.contains("Loan approval with agents"))
      for reference in [
        "src=\"http", "src='http", "<link rel=\"stylesheet\"", "@import", "url(http",
        "<script src",
      ] {
        #expect(!page.contains(reference), "the page loads something: \(reference)")
      }
      // The folder of the report is named by the command that makes it again, and nowhere else.
      #expect(!page.contains(packageRoot))
    }

    @Test("a comparison is kept in the workspace, unless it must not be")
    func record() async throws {
      let folder = try TemporaryFolder()
      let scenario = "scenarios/reference/bulk-review.yaml"
      _ = try await output(of: "compare", scenario, "--no-record", "--workspace", folder.workspace)
      #expect(try folder.contents() == [:])
      for count in 1...2 {
        // The same study again would be the one that is kept.
        _ = try await output(
          of: "compare", scenario, "--seed", "\(count)", "--workspace", folder.workspace)
        let parts = try await output(of: "doctor", "--workspace", folder.workspace)
        #expect(parts.contains("\(count) studies"), "\(parts)")
      }
    }

    @Test("--variant runs that one beside the baseline, --set changes a value and nothing else")
    func options() async throws {
      let scenario = "scenarios/reference/bulk-review.yaml"
      let options = ["--no-record", "--format", "json"]
      let one = try json(
        try await rehearse(["compare", scenario, "--variant", "batches"] + options).output)
      #expect(one["order"] as? [String] == ["one-by-one", "batches"])
      let changed = try json(
        try await rehearse(
          ["compare", scenario, "--set", "guardrails.review.review=3 min"] + options
        ).output)
      func minutes(_ document: [String: Any], _ variant: String) -> Double? {
        let variants = document["variants"] as? [String: [String: Any]]
        let figures = variants?[variant]?["figures"] as? [String: [String: Any]]
        return figures?["human_minutes"]?["mean"] as? Double
      }
      // 100 cases: 600 minutes one by one, 300 at half the time; 280 in batches, whatever one takes.
      #expect(minutes(one, "one-by-one") == 6 && minutes(one, "batches") == 2.8)
      #expect(minutes(changed, "one-by-one") == 3 && minutes(changed, "batches") == 2.8)
    }

    @Test("the text names every variant and says where the report lies")
    func headline() async throws {
      let folder = try TemporaryFolder()
      let place = folder.file("deep/report.html")
      let text = try await output(
        of: "compare", Self.loan, "--replications", "2", "--no-record", "--output", place)
      for title in ["People and bots as today", "Agents, layer and remedies"] {
        #expect(text.contains(title), "\(text)")
      }
      #expect(text.contains(place) && FileManager.default.fileExists(atPath: place))
    }

    @Test("where only today's stack is overwhelmed, the headline says so")
    func overwhelmedBaseline() async throws {
      let text = try await output(
        of: "compare", "scenarios/reference/bulk-review.yaml", "--no-record", "--replications",
        "40",
        "--set", "guardrails.review.review=2 h", "--variant", "batches")
      #expect(!text.contains("No variant is overwhelmed"), "\(text)")
      #expect(text.contains("With “One ticket at a time”, reviewers is overwhelmed"), "\(text)")
      #expect(text.contains("Choose “Batches of five”"), "\(text)")
    }

    @Test("few rehearsals without exhaustion are called too few, not too risky")
    func tooFewRehearsals() async throws {
      let text = try await output(
        of: "compare", "scenarios/reference/bulk-review.yaml", "--no-record", "--replications", "2")
      #expect(text.contains("No variant is overwhelmed within 1 week in any of 2"), "\(text)")
      #expect(text.contains("too few to tell"), "\(text)")
      #expect(!text.contains("add people"), "\(text)")
    }

    @Test("a sweep gives the same bytes on one thread and two, and shows where the verdict flips")
    func sweep() async throws {
      let folder = try TemporaryFolder()
      try folder.copy("scenarios/reference/one-task.bpmn", to: "one-task.bpmn")
      let path = try folder.write(Self.swept.utf8, to: "plan.yaml")
      let one = try await output(of: "sweep", path, "--format", "json", "--threads", "1")
      let two = try await output(of: "sweep", path, "--format", "json", "--threads", "2")
      #expect(one == two)
      let other = try await output(of: "sweep", path, "--format", "json", "--seed", "4")
      #expect(one != other)
      let document = try json(one)
      let cells = try #require(document["cells"] as? [[String: Any]])
      #expect(cells.count == 9)
      let boundaries = try #require(document["boundaries"] as? [[String: Any]])
      let boundary = try #require(boundaries.first { $0["variant"] as? String == "robot" })
      // By hand a case costs 6 min · 40 EUR/h = 4 EUR; by the robot its price and 5 to 50 % of that:
      // cheaper at 1 EUR, dearer at 9 EUR, at 3 EUR cheaper as long as less than 25 % fail.
      #expect(boundary["verdict"] as? String == "depends")
      let crossings = try #require(boundary["crossings"] as? [[String: Any]])
      #expect(crossings.count == 1)
      #expect(crossings.first?["coordinates"] as? [Int] == [1])
      let position = try #require(crossings.first?["position"] as? Double)
      #expect(1.0 < position && position < 1.4, "25 % lies a sixth of the way from 20 to 50 %")
      let text = try await output(of: "sweep", path)
      #expect(text.contains("robot") || text.contains("By a robot"))
    }

    @Test("the loan scenario can be swept")
    func loanSweep() async throws {
      let document = try json(
        await output(
          of: "sweep", Self.loan, "--replications", "2", "--format", "json", "--variant", "agents")
      )
      let axes = try #require(document["axes"] as? [[String: Any]])
      #expect(axes.count == 2)
      #expect((document["boundaries"] as? [Any])?.isEmpty == false)
    }
  }
}
