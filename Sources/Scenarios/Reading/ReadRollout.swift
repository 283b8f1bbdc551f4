internal import Facts
internal import Simulation
internal import Statistics

// How a variant takes over from the stack before day 0.

extension PartReading {
  /// A rollout; `isWhole` is false where it is wrong, which is reported.
  ///
  /// - Parameter activities: what element ids and ranges stand for.
  func rollout(
    activities: (String, SourceLocation, String) -> [String]?
  ) -> (value: RolloutSettings?, isWhole: Bool) {
    let section = reading.group(sections, "rollout")
    guard section.isPresent else {
      return (nil, sections.node?["rollout"].map { reading.isEmpty($0) } ?? true)
    }
    let template = reading.choice(section, "template")
    let named = reading.named(section, "stages")
    let isTemplateRead = template != nil || section.node?["template"] == nil
    let rows: [Row]? =
      template == nil ? named.map { ($0.name, $0.section, nil) } : merged(section, named)
    let changes = reading.group(section, "change")
    let change = changes.isPresent ? change(changes) : nil
    let goesOn = reading.share(section, "goes_on")
    let givesUp = reading.count(section, "gives_up_after")
    guard let rows, isTemplateRead, let goesOn, change != nil || !changes.isPresent,
      givesUp != nil || section.node?["gives_up_after"] == nil
    else { return (nil, false) }
    guard !rows.isEmpty else {
      reading.report(
        key: section.path(of: "stages"),
        "'\(section.path)' has no stages; give them under 'stages', or write `template: "
          + "five_stages`", at: section.location)
      return (nil, false)
    }
    var stages: [RolloutSettings.Stage] = []
    // When the stage before ends, in seconds from day 0; `nil` where chance decides.
    var end: Double? = 0
    for (index, row) in rows.enumerated() {
      guard
        let stage = stage(
          row.0, row.1, of: row.2, isFirst: index == 0, isLast: index == rows.count - 1, end: &end,
          activities: activities)
      else { return (nil, false) }
      stages.append(stage)
    }
    return (
      RolloutSettings(stages: stages, change: change, goesOn: goesOn, givesUpAfter: givesUp), true
    )
  }

  private typealias Row = (name: String, section: Section, template: TemplateStage?)

  /// The stages of the template, each with what the scenario says of it.
  private func merged(
    _ section: Section, _ named: [(name: String, section: Section)]
  ) -> [Row]? {
    let names = TemplateStage.five.map(\.name)
    for (name, own) in named where !names.contains(name) {
      let hint =
        nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
        ?? "they are \(names.joined(separator: ", "))"
      reading.report(
        key: own.path, "'\(shown(name))' is no stage of the template; \(hint)", at: own.location)
      return nil
    }
    return TemplateStage.five.map { stage in
      let own = named.first { $0.name == stage.name }?.section
      return (
        stage.name,
        own
          ?? Section(
            node: ScenarioNode(
              content: .map([]), location: section.location,
              path: "\(section.path(of: "stages")).\(stage.name)"),
            pattern: "rollout.stages.*", path: "\(section.path(of: "stages")).\(stage.name)",
            location: section.location), stage
      )
    }
  }

  private func stage(
    _ name: String, _ section: Section, of template: TemplateStage?, isFirst: Bool, isLast: Bool,
    end: inout Double?, activities: (String, SourceLocation, String) -> [String]?
  ) -> RolloutSettings.Stage? {
    guard section.isPresent else { return nil }
    let share = share(section, template)
    let own = elements(section, "activities", activities)
    let length = length(section, template, isLast: isLast, end: &end)
    let beside = reading.group(section, "beside")
    let besideShare = beside.isPresent ? reading.share(beside, "share") : 0
    let finds = beside.isPresent ? reading.share(beside, "finds") : 1
    let training = reading.group(section, "training")
    let trained = training.isPresent ? trainedTeams(training) : []
    let time = training.isPresent ? reading.distribution(training, "time") : nil
    let gates = reading.group(section, "gate")
    let gate = gates.isPresent ? gate(gates, isFirst: isFirst) : nil
    guard let share, own.isWhole, length.isWhole, let besideShare, let finds, let trained,
      time != nil || !training.isPresent, gate != nil || !gates.isPresent
    else { return nil }
    if gates.isPresent, length.value == nil {
      reading.report(
        key: gates.path,
        "'\(gates.path)' is looked at when the stage ends, but it lasts for the rest of the run; say "
          + "how long by 'lasts'", at: gates.location)
      return nil
    }
    return RolloutSettings.Stage(
      name: name, share: share, activities: own.value, lasts: length.value, beside: besideShare,
      besideFinds: finds, trained: trained, training: time, gate: gate)
  }

  private func share(_ section: Section, _ template: TemplateStage?) -> Double? {
    guard let template, section.node?["share"] == nil else {
      return reading.share(section, "share")
    }
    reading.record(
      path: section.path(of: "share"), text: "\(written(template.share * 100)) %",
      value: template.share, unit: "1",
      claim: ScenarioNode.Claim(provenance: .assumed, note: template.source), at: section.location,
      isDefault: true)
    return template.share
  }

  private func elements(
    _ section: Section, _ name: String, _ activities: (String, SourceLocation, String) -> [String]?
  ) -> (value: [String]?, isWhole: Bool) {
    let key = reading.key(section.pattern(of: name))
    guard let node = section.node?[name], !reading.isEmpty(node) else { return (nil, true) }
    guard let items = reading.leaves(of: node, key) else { return (nil, false) }
    var result: [String] = []
    for item in items {
      guard let ids = activities(item.text ?? "", item.location, item.path) else {
        return (nil, false)
      }
      result += ids
    }
    reading.record(
      path: node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: node.claim, at: node.location)
    return (result, true)
  }

  /// How long a stage lasts, by its length or its end.
  private func length(
    _ section: Section, _ template: TemplateStage?, isLast: Bool, end: inout Double?
  ) -> (value: Distribution?, isWhole: Bool) {
    let lasts = reading.distribution(section, "lasts")
    let until = reading.duration(section, "ends")?.seconds
    let given = ["lasts", "ends"].filter { section.node?[$0] != nil }
    if given.count == 2, let odd = section.node?["ends"] {
      reading.report(
        key: odd.path, "'\(section.path)' has both 'lasts' and 'ends'; keep one of them",
        at: odd.location)
      return (nil, false)
    }
    if let lasts {
      if case .constant(let seconds) = lasts.family, let before = end {
        end = before + seconds
      } else {
        end = nil
      }
      return (lasts, true)
    }
    if let until, let node = section.node?["ends"] {
      guard let before = end else {
        reading.report(
          key: node.path,
          "'\(node.path)' cannot be kept: a stage before it ends by chance; give 'lasts' instead",
          at: node.location)
        return (nil, false)
      }
      guard until > before else {
        reading.report(
          key: node.path,
          "'\(node.path)' is `\(shown(node.text ?? ""))`, but the stage begins "
            + "\(written((before / 86_400 * 10).rounded() / 10)) days after day 0; a stage ends after "
            + "it begins", at: node.location)
        return (nil, false)
      }
      end = until
      return (constant(until - before), true)
    }
    guard given.isEmpty else { return (nil, false) }
    if let weeks = template?.weeks, let template {
      reading.record(
        path: section.path(of: "lasts"), text: "\(written(weeks)) weeks", value: weeks * 604_800,
        unit: "s", claim: ScenarioNode.Claim(provenance: .assumed, note: template.source),
        at: section.location, isDefault: true)
      end = end.map { $0 + weeks * 604_800 }
      return (constant(weeks * 604_800), true)
    }
    guard isLast else {
      reading.report(
        key: section.path(of: "lasts"),
        "'\(section.path(of: "lasts"))' is missing; only the last stage lasts for the rest of the "
          + "run, say how long this one does, such as `lasts: 10 weeks`", at: section.location)
      return (nil, false)
    }
    return (nil, true)
  }

  private func constant(_ seconds: Double) -> Distribution? {
    try? Distribution(.constant(value: seconds))
  }

  private func trainedTeams(_ section: Section) -> [String]? {
    let known = assembly.names(of: "teams")
    let teams = reading.names(section, "teams", among: known)
    guard let teams, teams.allSatisfy({ known.contains($0.name) }) else { return nil }
    return teams.map(\.name)
  }

  private func gate(_ section: Section, isFirst: Bool) -> RolloutSettings.Gate? {
    let errors = reading.share(section, "errors")
    let cost = reading.money(section, "cost_per_case")
    let saving = reading.share(section, "saving")
    let backlogs = reading.group(section, "backlog")
    let team =
      backlogs.isPresent
      ? reading.name(backlogs, "team", among: assembly.names(of: "teams")) : nil
    let most = backlogs.isPresent ? reading.duration(backlogs, "at_most")?.seconds : 0
    let minimum = reading.count(section, "minimum")
    let otherwise = reading.choice(section, "otherwise")
    let again = reading.duration(section, "again")?.seconds
    let criteria = ["errors", "cost_per_case", "saving", "backlog"]
    guard criteria.contains(where: { section.node?[$0] != nil }) else {
      reading.report(
        key: section.path,
        "'\(section.path)' asks for nothing; give 'errors', 'cost_per_case', 'saving' or 'backlog'",
        at: section.location)
      return nil
    }
    guard let most, let minimum, let otherwise, let again,
      errors != nil || section.node?["errors"] == nil,
      cost != nil || section.node?["cost_per_case"] == nil,
      saving != nil || section.node?["saving"] == nil, team != nil || !backlogs.isPresent
    else { return nil }
    if isFirst, otherwise == "roll_back", let node = section.node?["otherwise"] {
      reading.report(
        key: node.path,
        "'\(node.path)' is `roll_back`, but no stage comes before the first; write `extend` or "
          + "`cancel`", at: node.location)
      return nil
    }
    let answers: [String: RolloutGate.Otherwise] = [
      "extend": .extend, "roll_back": .rollBack, "cancel": .cancel,
    ]
    return RolloutSettings.Gate(
      errors: errors, costPerCase: cost?.amount, saving: saving, backlogTeam: team, backlog: most,
      minimum: minimum, otherwise: answers[otherwise] ?? .extend, again: again)
  }

  private func change(_ section: Section) -> RolloutSettings.Change? {
    let work = teamWork(section)
    let atOnce = reading.count(section, "at_once")
    let strain = reading.share(section, "strain")
    let learning = reading.share(section, "learning")
    let other = reading.share(section, "learning_without_layer")
    let connecting = reading.share(section, "connecting")
    guard let work, let strain, let learning, let other, let connecting,
      atOnce != nil || section.node?["at_once"] == nil
    else { return nil }
    return RolloutSettings.Change(
      work: work, atOnce: atOnce, strain: strain, learning: learning, learningWithoutLayer: other,
      connecting: connecting)
  }
}
