import Auditing
import Facts
import IntegrationGraph
import Inventory

/// A small estate: a bot two files disagree on, a rules engine without owner, a ghost, a failed file.
enum SampleEstate {
  static let documents: [SourceDocument] = {
    var register = EstateFragment()
    let line = Evidence(.declared, SourceLocation(path: "register.csv", line: 2))
    var bot = AutomationSystem(name: "KYC Bot", source: line)
    bot.kind.state(.rpa, line)
    bot.technology.state("UiPath", line)
    bot.purpose.state("Screens applicants against sanction lists", line)
    bot.owner.state("Ada Lovelace", line)
    if let share = Probability(0.031) { bot.failureRate.state(share, line) }
    bot.volume.state(Frequency(count: 2400, per: .month), line)
    bot.humanInvolvement.state("none", line)
    bot.status.state(.production, line)
    register.systems.append(bot)
    let second = Evidence(.declared, SourceLocation(path: "register.csv", line: 3))
    var rules = AutomationSystem(name: "Credit Limits", source: second)
    rules.kind.state(.rules, second)
    rules.status.state(.production, second)
    register.systems.append(rules)
    register.connections.append(
      Connection(
        .invokes, from: EntityReference(.system, "Credit Limits"),
        to: EntityReference(.system, "Pricing"), evidence: second))
    var project = EstateFragment()
    let json = Evidence(
      .imported, SourceLocation(path: "kyc/project.json", line: 4, element: "$.name"))
    var same = AutomationSystem(name: "KYC_Bot", source: json)
    same.owner.state("Carla", json)
    project.systems.append(same)
    project.steps.append(
      Step(system: "KYC_Bot", id: "1", kind: .action, evidence: json))
    return [
      SourceDocument(
        path: "register.csv", format: "register", status: .partial, digest: "ab",
        fragment: register,
        problems: [
          ImportProblem(
            .low, "the column 'Pilot until' is not one that is read",
            at: SourceLocation(path: "register.csv", line: 1))
        ]),
      SourceDocument(
        path: "kyc/project.json", format: "uipath-project", status: .imported, digest: "cd",
        fragment: project),
      SourceDocument(path: "notes.txt", format: nil, status: .notInventory, digest: "ef"),
      SourceDocument(
        path: "old.zip", format: nil, status: .failed, digest: "01",
        problems: [
          ImportProblem(
            .high, "the archive ends in the middle of a file", at: SourceLocation(path: "old.zip"))
        ]),
    ]
  }()

  static let problems = [
    ImportProblem(.high, "there is no such file or folder", at: SourceLocation(path: "missing/"))
  ]

  static var estate: Estate { Estate(merging: documents) }

  static func audit() -> AuditReport {
    Auditing.audit(estate: estate, graph: IntegrationGraph(estate))
  }
}
