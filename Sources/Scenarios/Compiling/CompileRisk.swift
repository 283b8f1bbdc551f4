internal import Facts
internal import Simulation
internal import Statistics

extension StackCompiler {
  /// What can go badly wrong in a stack.
  ///
  /// - Parameter compiled: the stack without them.
  mutating func risk(
    _ settings: RiskSettings, _ stack: StackSettings, _ compiled: StackModel
  ) -> RiskModel {
    let names = StackNames(stack, compiled)
    var model = RiskModel()
    model.criticality = settings.criticality
    model.errors = settings.errors.map { errors($0, names) }
    model.violations = settings.violations.map { violation($0, names) }
    model.compromise = settings.compromise.map { compromise($0, names) }
    model.leaks = settings.leaks.map { leak($0, names) }
    model.cascade = settings.cascade.map { cascade($0, names) }
    return model
  }

  private mutating func violation(
    _ settings: RiskSettings.Violation, _ names: StackNames
  ) -> ViolationModel {
    var model = ViolationModel(
      name: settings.name, activities: settings.at.compactMap { flow.activity(ofElement: $0) })
    model.byAutomations = settings.share
    model.byPeople = settings.byPeople
    model.audit = settings.audited.map { audit in
      ViolationModel.Audit(
        every: max(1, microseconds(audit.every)), share: audit.share, finds: audit.finds,
        work: work(audit.work, names), correction: audit.correction.map { work($0, names) })
    }
    model.exposure = settings.exposed.map { exposure in
      ViolationModel.Exposure(
        share: exposure.share, after: time(exposure.after),
        incident: incident(exposure.incident, names))
    }
    return model
  }

  mutating func incident(
    _ settings: RiskSettings.Incident, _ names: StackNames
  ) -> IncidentModel {
    IncidentModel(
      loss: settings.loss.map { time($0) } ?? .zero,
      detection: settings.foundAfter.map { time($0) } ?? .zero,
      work: settings.work.map { work($0, names) })
  }

  mutating func work(_ work: TeamWorkSettings, _ names: StackNames) -> ErrandWork {
    ErrandWork(team: names.teams.firstIndex(of: work.team) ?? 0, time: time(work.time))
  }

  private mutating func errors(
    _ settings: RiskSettings.Errors, _ names: StackNames
  ) -> ErrorRiskModel {
    var model = ErrorRiskModel()
    model.spread = settings.spread
    model.spreadToPeople = settings.spreadToPeople
    model.noticed = settings.noticed
    model.checks = settings.checks.map { check in
      let checker: CheckModel.Checker =
        check.automation.map { .automation(names.automations.firstIndex(of: $0) ?? 0) }
        ?? .team(names.teams.firstIndex { $0 == check.team } ?? 0)
      var result = CheckModel(
        name: check.name, activities: check.after.compactMap { flow.activity(ofElement: $0) },
        checker: checker, time: time(check.time))
      result.share = check.share
      result.price = check.price * 1e6
      result.sensitivity = check.finds
      result.falseAlarms = check.falseAlarms
      result.correlation = check.correlation
      result.correction = check.correction.map { work($0, names) }
      return result
    }
    model.escape = settings.escaped.map { incident($0, names) }
    return model
  }
}

/// Names of a stack's parts, for their indexes.
struct StackNames {
  let teams: [String]
  let automations: [String]
  let applications: [String]
  /// Whether a layer is at work.
  let hasLayer: Bool
  /// Applications that each automation touches, its own and those of its activities.
  let touched: [Set<Int>]

  init(_ stack: StackSettings, _ compiled: StackModel) {
    teams = stack.teams.map(\.name)
    automations = stack.automations.map(\.name)
    applications = stack.applications.map(\.name)
    hasLayer = compiled.layer != nil
    touched = compiled.automations.indices.map { index in
      let activities = compiled.activities.filter { $0.automation == index }
      return Set(
        (compiled.automations[index].touches + activities.flatMap(\.touches)).map(\.application))
    }
  }

  /// Whether two automations touch an application in common.
  func share(_ one: Int, _ other: Int) -> Bool { !touched[one].isDisjoint(with: touched[other]) }
}
