import Facts
import Inventory
import ProcessModel
import Scenarios
import Testing

@Suite("Finding the process of a name")
struct ProcessOfEstateTests {
  private func message(_ name: String, _ estate: Estate) -> String {
    do {
      _ = try processOfEstate(name, in: estate)
      return "found"
    } catch {
      return error.description
    }
  }

  @Test("by its id, its name, its system or its file")
  func names() throws {
    var sample = SampleEstate()
    sample.process(
      "loan-1", system: "Loan Approval",
      [("start", .startEvent(.none)), ("do", .task(.user)), ("end", .endEvent(.none))])
    for name in ["loan-1", "Loan 1", "loan approval", "loan-1.bpmn"] {
      #expect(try processOfEstate(name, in: sample.estate).process.id == "loan-1", "\(name)")
    }
  }

  @Test("an unknown name is answered with the nearest ones")
  func unknown() {
    var sample = SampleEstate()
    let row: [(String, FlowElement.Kind)] = [
      ("start", .startEvent(.none)), ("do", .task(.user)), ("end", .endEvent(.none)),
    ]
    sample.process("loan-approval", row)
    sample.process("limit-change", row)
    #expect(message("loan-aproval", sample.estate).contains("did you mean 'loan-approval'?"))
    #expect(message("tax", sample.estate).contains("it has loan-approval, limit-change"))
    #expect(message("tax", Estate()).contains("import a BPMN file"))
  }

  @Test("an automation without a file that says how it works is refused, with what is missing")
  func withoutSteps() {
    var sample = SampleEstate()
    sample.system("Fraud Rules", .rules)
    let text = message("fraud rules", sample.estate)
    #expect(text.hasPrefix("register.csv:1: 'Fraud Rules' is in the inventory, but no file"))
    #expect(text.contains("import its project or workflow"))
  }

  @Test("steps between two steps of people are one run, in the order of the entry file")
  func stretches() throws {
    var sample = SampleEstate()
    sample.system("Bot", .rpa, team: "AML", perMonth: 100, failure: 0.19)
    // Named before Main.xaml by the alphabet: it is run from there, nobody says where.
    sample.step("Bot", "read", in: "CRM/Read.xaml")
    sample.step("Bot", "open")
    sample.step("Bot", "try", .errorHandling)
    sample.step("Bot", "type")
    sample.step("Bot", "form", .human)
    sample.asks(
      "Bot", "form", .review, name: "Review hit",
      at: sample.fragment.steps[4].evidence.location)
    sample.step("Bot", "close")
    let process = try processOfEstate("bot", in: sample.estate)
    #expect(process.process.elements.map(\.id) == ["start", "run_1", "ask_form", "run_2", "end"])
    #expect(process.process.elements.map(\.name)[2] == "Review hit")
    let made = try sample.scenario("Bot")
    // A whole run fails with 19 %, so that each of two halves does with 10 %.
    #expect(abs((made.record("automations.bot.failure")?.value ?? 0) - 0.1) < 1e-6)
    #expect(made.record("activities.ask_form.team")?.text == "aml")
    _ = try compile(made.scenario)
  }

  @Test("a crew's agents follow each other in the order of its tasks")
  func crew() throws {
    var sample = SampleEstate()
    sample.system("Crew", .orchestrator, failure: 0.04)
    for name in ["Reader", "Writer"] {
      sample.system(name, .agent, failure: 0.05)
      sample.connect(.invokes, "Crew", EntityReference(.system, name))
    }
    // A card of the same agent tells skills, not an order.
    sample.step("Writer", "skill", in: "a-card.json")
    sample.step("Reader", "read", in: "tasks.yaml")
    sample.step("Writer", "draft", in: "tasks.yaml")
    sample.step("Writer", "polish", in: "tasks.yaml")
    let process = try processOfEstate("Crew", in: sample.estate)
    #expect(
      process.process.elements.dropFirst().dropLast().map(\.name) == [
        "Run of Reader", "Run of Writer",
      ])
    #expect(try sample.scenario("Crew").record("automations.writer.failure")?.value == 0.05)
  }

  @Test("a process that cannot be simulated is refused with its place")
  func unusable() {
    var sample = SampleEstate()
    sample.process("empty", [("start", .startEvent(.none)), ("end", .endEvent(.none))])
    #expect(throws: ScenarioErrors.self) { try sample.scenario("empty") }
  }
}
