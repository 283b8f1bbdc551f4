internal import Facts

extension Correction.Field {
  /// Whether a text is a value of the field.
  func fits(_ value: String) -> Bool {
    switch self {
    case .kind: SystemKind(rawValue: value) != nil
    case .status: LifecycleStatus(rawValue: value) != nil
    case .criticality: Criticality(rawValue: value) != nil
    case .failureRate: share(inText: value) != nil
    case .volume: frequency(inText: value) != nil
    case .runTime: duration(inText: value) != nil
    default: value.contains { !$0.isWhitespace }
    }
  }

  /// States a value that fits in the field it belongs to.
  func state(_ value: String, in target: inout AutomationSystem, _ evidence: Evidence) {
    func add<Value>(_ value: Value?, _ field: inout Facts.Field<Value>) {
      if let value { field.state(value, evidence) }
    }
    switch self {
    case .kind: add(SystemKind(rawValue: value), &target.kind)
    case .technology: add(value, &target.technology)
    case .purpose: add(value, &target.purpose)
    case .owner: add(value, &target.owner)
    case .creator: add(value, &target.creator)
    case .team: add(value, &target.team)
    case .failureRate: add(share(inText: value)?.value, &target.failureRate)
    case .volume: add(frequency(inText: value)?.value, &target.volume)
    case .runTime: add(duration(inText: value)?.value, &target.runTime)
    case .humanInvolvement: add(value, &target.humanInvolvement)
    case .integrations: add(value, &target.integrations)
    case .status: add(LifecycleStatus(rawValue: value), &target.status)
    case .criticality: add(Criticality(rawValue: value), &target.criticality)
    case .version: add(value, &target.version)
    }
  }
}

extension Correction {
  /// Evidence of what the correction says about a thing.
  func evidence(about element: String) -> Evidence {
    Evidence(
      .corrected, SourceLocation(path: "corrections", element: element),
      note: "by \(author), \(date)")
  }

  /// The correction with every text changed that somebody wrote: names, values, the author.
  ///
  /// One that would say nothing after that stays as it is.
  public func mapTexts(_ change: (String) -> String) -> Correction {
    let changed: Action =
      switch action {
      case .set(let system, let field, let value):
        .set(system: change(system), field: field, value: change(value))
      case .merge(let kind, let names): .merge(kind, names: names.map(change))
      case .split(let system, let selection, let into):
        .split(
          system: change(system),
          selection: StatementSelection(
            documents: selection.documents, names: selection.names.map(change)),
          into: change(into))
      case .alias(let kind, let name, let alias):
        .alias(kind, name: change(name), alias: change(alias))
      case .unalias(let kind, let name, let alias):
        .unalias(kind, name: change(name), alias: change(alias))
      }
    return (try? Correction(changed, author: change(author), date: date)) ?? self
  }
}
