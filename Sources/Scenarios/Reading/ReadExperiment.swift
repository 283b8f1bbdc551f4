internal import Facts

extension ScenarioAssembly {
  /// When a team counts as exhausted.
  func readExhaustion() -> ExhaustionSettings? {
    let section = reading.group(top, "exhaustion")
    let teams = names(of: "teams")
    let watch = reading.names(section, "watch", among: teams)
    let decides = reading.choice(section, "decides")
      .flatMap(ExhaustionSettings.Definition.init(rawValue:))
    let backlog = reading.group(section, "backlog")
    let moreThan = workingDays(backlog, "more_than")
    let holds = workingDays(backlog, "for")
    let service = reading.group(section, "service")
    let within = reading.due(service, "within")
    let share = reading.share(service, "more_than")
    let window = reading.count(service, "window")
    let serviceHolds = reading.count(service, "for")
    let netWork = reading.group(section, "net_work")
    let saving = reading.duration(netWork, "saving")?.seconds
    let cohorts = reading.count(netWork, "cohorts")
    guard let decides, let moreThan, let holds, let saving, let cohorts, let within, let share,
      let window, let serviceHolds
    else { return nil }
    return ExhaustionSettings(
      watch: watch?.map(\.name) ?? teams, decides: decides, backlogDays: moreThan,
      backlogHolds: holds, serviceWithin: within, serviceShare: share, serviceWindow: window,
      serviceHolds: serviceHolds, netWorkSaving: saving, netWorkCohorts: cohorts)
  }

  /// A whole number of working days.
  private func workingDays(_ section: Section, _ name: String) -> Int? {
    guard let duration = reading.duration(section, name)?.written else { return nil }
    guard duration.unit == .workingDays, let days = Int(exactly: duration.amount),
      1...1000 ~= days
    else {
      if let node = section.node?[name] {
        reading.report(
          key: node.path,
          "'\(node.path)' is `\(shown(node.text ?? ""))`; expected a whole number of working days "
            + "from 1 to 1000, such as `5 working days`", at: node.location)
      }
      return nil
    }
    return days
  }

  /// Replications, seed and what matters.
  func readExperiment(baseline: String?) -> ExperimentSettings? {
    let section = reading.group(top, "experiment")
    let replications = reading.count(section, "replications")
    let seed = reading.count(section, "seed")
    let matters = reading.group(section, "matters")
    let cost = reading.money(matters, "cost_per_case")
    let time = reading.duration(matters, "time_to_completion")?.seconds
    let human = reading.duration(matters, "human_minutes")?.seconds
    let discount = reading.share(section, "discount_rate")
    let factorial = readFactorial()
    let precise = reading.group(section, "precision")
    let fewest = reading.count(precise, "at_least")
    let precision = PrecisionFigure.all.compactMap { reading.precision(precise, $0) }
    let isBalanced = reading.flag(section, "balanced_branching") ?? false
    guard let replications, let seed, let baseline else { return nil }
    return ExperimentSettings(
      replications: replications, seed: UInt64(seed), baseline: baseline,
      matters: PracticalSignificance(
        costPerCase: cost?.amount, timeToCompletion: time, humanTime: human),
      discountRate: discount ?? 0, factorial: factorial, precision: precision,
      fewestReplications: fewest ?? 10, balancesBranching: isBalanced)
  }
}
