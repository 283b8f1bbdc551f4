internal import Facts

extension ScenarioAssembly {
  /// Warns of skills that people have and no work asks for.
  func warnOfIdleSkills(_ variants: [Variant]) {
    var asked: Set<String> = []
    for stack in variants.map(\.stack) {
      asked.formUnion(stack.activities.flatMap(\.queueing.skills))
      asked.formUnion(stack.guardrails.flatMap(\.queueing.skills))
      asked.formUnion(stack.guardrails.flatMap { $0.expertise?.skills ?? [] })
    }
    let sections = [root] + (root["variants"]?.members.map(\.node) ?? [])
    for team in sections.flatMap({ $0["teams"]?.members ?? [] }) {
      for owner in [team] + (team.node["members"]?.members ?? []) {
        guard let node = owner.node["skills"] else { continue }
        let leaves: [ScenarioNode] =
          if case .list(let items) = node.content { items } else { [node] }
        for leaf in leaves {
          guard let skill = leaf.text, !asked.contains(skill) else { continue }
          let hint =
            nearestName(to: skill, among: asked.sorted()).map { "did you mean '\($0)'?" }
            ?? "let an activity or guardrail ask for it or remove it"
          reading.report(
            .medium, key: node.path,
            "no work asks for the skill '\(shown(skill))'; \(hint)", at: leaf.location)
        }
      }
    }
  }
}
