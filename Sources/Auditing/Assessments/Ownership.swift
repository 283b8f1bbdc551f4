import Facts
import Inventory

extension Assessment {
  static let ownership = Assessment(
    id: "ownership", title: "Who made, who is on record, who answers",
    formula:
      "For each system: the creator its file names, the owner on record (policy file) and the "
      + "accountable person (the audit field owner, where it reads as a person). Share = systems in use "
      + "for which one person answers / systems in use."
  ) { context in
    let governance = context.governance
    let systems = context.estate.systems.filter(\.isAlive)
    var load: [String: Int] = [:]
    for system in systems where governance.owner(of: system) == .person {
      load[nameKey(system.owner.value ?? ""), default: 0] += 1
    }
    let rows = systems.map { system -> AssessmentTable.Row in
      let said = governance.declaration(of: system.name)
      let owner = governance.owner(of: system)
      let answers = owner == .person
      let hanging = answers ? load[nameKey(system.owner.value ?? "")] ?? 0 : 0
      return AssessmentTable.Row(
        [
          .text(system.name),
          system.maker.map { .text($0) } ?? system.publisher.map { .text("published by \($0)") }
            ?? .unknown("no file names who made it"),
          said?.recordOwner.map { .text($0.value) }
            ?? .unknown("say record_owner in the policy file"),
          answers
            ? .text(system.owner.value ?? "")
            : .unknown(
              system.owner.isKnown ? "the owner is \(owner.meaning)" : "no file names an owner"),
          answers
            ? .share(Double(hanging) / Double(max(1, systems.count)))
            : .unknown("no person answers for it"),
        ],
        evidence: system.creator.facts.prefix(1).map(\.evidence)
          + (said?.recordOwner.map { [$0.evidence] } ?? [])
          + system.owner.facts.prefix(1).map(\.evidence) + system.sources.sorted().prefix(1))
    }
    let answered = systems.count { governance.owner(of: $0) == .person }
    let made = systems.count { $0.maker != nil }
    let heaviest = load.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first
    return AssessmentTable(
      summary:
        "For \(answered) of \(counted(systems.count, "system")) in use one person answers; of "
        + "\(made) the maker is known"
        + (heaviest.map { "; most on one person: \(counted($0.value, "system"))" } ?? "") + ".",
      columns: [
        .init("system", "System in use."), .init("made by", "Creator, as the file says."),
        .init("on record", "Owner on record, as the policy file says."),
        .init("answers", "Accountable person."),
        .init("on one person", "Share of all systems in use for which that person answers."),
      ], rows: rows,
      notes: ["A creator or an owner on record is not accountable by that alone."])
  }
}
