import Facts
import IntegrationGraph
import Inventory

extension Assessment {
  static let maturity = Assessment(
    id: "maturity", title: "Maturity of the orchestration",
    formula:
      "Five motions, each resting on the one before it. A motion holds where it is answered with yes "
      + "(policy key maturity). The first one also follows from files: it holds where an orchestrator or workflow "
      + "in use calls every agent in use, in part where it calls some. Level = number of motions from "
      + "the first on that hold without a gap, 0 to 5. A motion of which nothing is known ends the ladder "
      + "as not known, so that the level is then a lower bound."
  ) { context in
    let answers = Dictionary(
      context.policy.maturity.map { ($0.motion, $0) }, uniquingKeysWith: { first, _ in first })
    let layer = controlLayer(context)
    var level = 0
    var isOpen = true
    var firstUnknown: MaturityMotion?
    var rows: [AssessmentTable.Row] = []
    for (index, motion) in MaturityMotion.allCases.enumerated() {
      let answer = answers[motion]
      let fromFiles = motion == .controlLayer ? layer : nil
      let known = [fromFiles?.share, answer?.answer.level].compactMap { $0 }.min()
      if isOpen {
        if known == 1 {
          level = index + 1
        } else {
          isOpen = false
          if known == nil { firstUnknown = motion }
        }
      }
      let basis = [
        fromFiles.map { "files: \($0.basis)" }, answer.map { "answered: \($0.answer.rawValue)" },
      ]
      .compactMap { $0 }
      rows.append(
        AssessmentTable.Row(
          [
            .number(Double(index + 1)), .text(motion.rawValue),
            known.map { .share($0) } ?? .unknown("ask: \(motion.question)"),
            .text(basis.isEmpty ? "no file can say it" : basis.joined(separator: "; ")),
          ],
          evidence: (fromFiles?.evidence ?? [])
            + (answer.map { [Evidence(.declared, $0.location)] } ?? [])))
    }
    let bound = firstUnknown.map { "; whether it is more is not known: \($0.question)" } ?? ""
    return AssessmentTable(
      summary: "Level \(level) of 5\(bound)",
      columns: [
        .init("Step", "Its place on the ladder."), .init("Motion", "What matures."),
        .init("Holds", "1 where it holds, less where only in part."),
        .init("Basis", "What that rests on."),
      ], rows: rows,
      notes: firstUnknown == nil
        ? [] : ["The level is a lower bound. Answer the rest under maturity in the policy file."])
  }
}

/// Which share of the agents in use an orchestrator or workflow in use calls; `nil` without agents.
private func controlLayer(
  _ context: AuditContext
) -> (share: Double, basis: String, evidence: [Evidence])? {
  var called = 0
  var count = 0
  var evidence: [Evidence] = []
  for (index, system) in context.estate.systems.enumerated()
  where system.isAlive && system.kind.value == .agent {
    count += 1
    guard let node = context.node(ofSystem: index) else { continue }
    let calls = context.graph.edges(to: node).filter { edge in
      guard [.invokes, .triggers, .governs].contains(edge.kind), context.isAlive(edge.source),
        let kind = context.system(at: edge.source)?.kind.value
      else { return false }
      return kind == .orchestrator || kind == .workflow
    }
    if calls.isEmpty { continue }
    called += 1
    if evidence.count < 4 { evidence += calls.flatMap(\.evidence).prefix(1) }
  }
  guard count > 0 else { return nil }
  return (
    Double(called) / Double(count),
    "an orchestrator or workflow calls \(called) of \(counted(count, "agent")) in use", evidence
  )
}
