import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  /// Build modular, govern centrally, keep the competence: how far each is, and where to begin.
  ///
  /// Source: *AI Agent Orchestration 101: Stop Trying to Build a Super AI* (three mandates).
  static let threeMandates = Assessment(
    id: "three-mandates", title: "Modular, governed centrally, with the competence in the house",
    formula:
      "Modular = pairs of systems joined through a hub or by a standard / pairs joined at all (point-to-point). "
      + "Governed centrally = systems in use for which a person answers and which a register or the policy file "
      + "declares / systems in use. Competence = systems in use of a technology that two named people or more "
      + "answer for or made / systems in use whose technology is known. The advice is for the lowest."
  ) { context in
    let governance = context.governance
    let alive = context.estate.systems.filter(\.isAlive)
    var mandates: [Mandate] = []
    let pairs = context.graph.pointToPoint { context.isAlive($0) }
    let joined = pairs.direct.count + pairs.throughHub.count + pairs.byStandard.count
    let hub = context.graph.nodes.indices.filter { node in
      pairs.direct.contains { $0.lower == node || $0.upper == node }
    }.max { first, second in
      func count(_ node: Int) -> Int {
        pairs.direct.count { $0.lower == node || $0.upper == node }
      }
      return (count(first), second) < (count(second), first)
    }
    mandates.append(
      Mandate(
        name: "Build modular", part: joined - pairs.direct.count, whole: joined,
        unknown: "no link between two systems is known",
        begin: hub.map { context.graph.nodes[$0].name },
        advice: "put what is joined point to point behind one interface"))
    let open = alive.filter { system in
      governance.owner(of: system) != .person
        || !(governance.declaration(of: system.name) != nil
          || system.sources.contains {
            $0.provenance == .declared || $0.provenance == .corrected
          })
    }
    mandates.append(
      Mandate(
        name: "Govern centrally", part: alive.count - open.count, whole: alive.count,
        unknown: "no system in use is known", begin: open.first?.name,
        advice: "name a person who answers for it, and enter it in the register"))
    let skills = TechnologySkills(context)
    let technologies = skills.technologies.filter { !$0.systems.isEmpty }
    let kept = technologies.filter { $0.people.count > 1 }.reduce(0) { $0 + $1.systems.count }
    let scarce = technologies.filter { $0.people.count < 2 }.max { first, second in
      (first.systems.count, second.name) < (second.systems.count, first.name)
    }
    mandates.append(
      Mandate(
        name: "Keep the competence", part: kept,
        whole: technologies.reduce(0) { $0 + $1.systems.count },
        unknown: "no technology is known", begin: scarce?.name,
        advice: "let a second person learn it"))
    let lowest = mandates.filter { $0.share != nil }.min { ($0.share ?? 1) < ($1.share ?? 1) }
    return AssessmentTable(
      summary: lowest.map { mandate in
        mandate.part == mandate.whole
          ? "All three hold as far as files show."
          : "\(mandate.name) comes first: \(mandate.part) of \(mandate.whole) "
            + "(\(percentText(mandate.part, of: mandate.whole)))."
      } ?? "Nothing is known of any of the three.",
      columns: [
        .init("Mandate", "What is asked."), .init("Holds", "The share of which it holds."),
        .init("Of", "What it is a share of, as numbers."),
        .init("Begin with", "Where most would be won."), .init("Do", "What to do there."),
        .init("First", "Whether it is the lowest of the three."),
      ],
      rows: mandates.map { mandate in
        AssessmentTable.Row([
          .text(mandate.name), mandate.share.map { .share($0) } ?? .unknown(mandate.unknown),
          .text("\(mandate.part) of \(mandate.whole)"),
          .text(mandate.part == mandate.whole ? "–" : mandate.begin ?? "–"),
          .text(
            mandate.whole == 0
              ? "find out"
              : mandate.part == mandate.whole ? "nothing is left to do" : mandate.advice),
          .text(mandate.name == lowest?.name && mandate.part < mandate.whole ? "yes" : "no"),
        ])
      })
  }
}

/// One of the three, and how far it is.
private struct Mandate {
  var name: String
  /// Of how many it holds.
  var part: Int
  /// Of how many it is known.
  var whole: Int
  /// What is said where nothing is known.
  var unknown: String
  /// Where to begin.
  var begin: String?
  var advice: String

  var share: Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}
