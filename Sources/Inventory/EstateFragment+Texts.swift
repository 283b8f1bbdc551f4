internal import Facts
internal import ProcessModel

extension EstateFragment {
  /// The fragment with every text changed that a file could have brought: names, labels, purposes,
  /// people, expressions, notes, the names of things within files; not paths, nor words of our own.
  public func mapTexts(_ change: (String) -> String) -> EstateFragment {
    var fragment = self
    fragment.systems = systems.map { $0.mapTexts(change) }
    for index in applications.indices {
      fragment.applications[index].name = change(applications[index].name)
      fragment.applications[index].aliases = applications[index].aliases.map(change)
      fragment.applications[index].sources = applications[index].sources.map { $0.mapTexts(change) }
    }
    for index in teams.indices {
      fragment.teams[index].name = change(teams[index].name)
      fragment.teams[index].aliases = teams[index].aliases.map(change)
      fragment.teams[index].sources = teams[index].sources.map { $0.mapTexts(change) }
    }
    for index in connections.indices {
      let connection = connections[index]
      fragment.connections[index].source.name = change(connection.source.name)
      fragment.connections[index].target.name = change(connection.target.name)
      fragment.connections[index].action = connection.action.map(change)
      fragment.connections[index].data = connection.data.map(change)
      fragment.connections[index].evidence = connection.evidence.map { $0.mapTexts(change) }
    }
    fragment.mapPartTexts(change)
    return fragment
  }

  private mutating func mapPartTexts(_ change: (String) -> String) {
    for index in steps.indices {
      steps[index].system = change(steps[index].system)
      steps[index].id = change(steps[index].id)
      steps[index].name = steps[index].name.map(change)
      steps[index].selector = steps[index].selector.map(change)
      steps[index].evidence = steps[index].evidence.mapTexts(change)
    }
    for index in touchPoints.indices {
      touchPoints[index].system = change(touchPoints[index].system)
      touchPoints[index].step = change(touchPoints[index].step)
      touchPoints[index].name = touchPoints[index].name.map(change)
      touchPoints[index].team = touchPoints[index].team.map(change)
      touchPoints[index].evidence = touchPoints[index].evidence.mapTexts(change)
    }
    for index in triggers.indices {
      triggers[index].system = change(triggers[index].system)
      triggers[index].expression = triggers[index].expression.map(change)
      triggers[index].evidence = triggers[index].evidence.mapTexts(change)
    }
    for index in guardrails.indices {
      guardrails[index].system = change(guardrails[index].system)
      guardrails[index].name = change(guardrails[index].name)
      guardrails[index].evidence = guardrails[index].evidence.mapTexts(change)
    }
    for index in permissions.indices {
      permissions[index].system = change(permissions[index].system)
      permissions[index].name = change(permissions[index].name)
      permissions[index].application = permissions[index].application.map(change)
      permissions[index].evidence = permissions[index].evidence.mapTexts(change)
    }
    for index in credentials.indices {
      credentials[index].system = change(credentials[index].system)
      credentials[index].name = change(credentials[index].name)
      credentials[index].application = credentials[index].application.map(change)
      credentials[index].evidence = credentials[index].evidence.mapTexts(change)
    }
    for index in processes.indices {
      processes[index].system = change(processes[index].system)
      processes[index].process.mapTexts(change)
    }
    for index in decisions.indices {
      decisions[index].system = change(decisions[index].system)
      decisions[index].table.mapTexts(change)
    }
  }
}

extension AutomationSystem {
  fileprivate func mapTexts(_ change: (String) -> String) -> AutomationSystem {
    func text(_ field: Field<String>) -> Field<String> {
      field.mapped { Fact(change($0.value), $0.evidence.mapTexts(change)) }
    }
    func noted<Value>(_ field: Field<Value>) -> Field<Value> {
      field.mapped { Fact($0.value, $0.evidence.mapTexts(change)) }
    }
    var system = self
    system.name = change(name)
    system.aliases = aliases.map(change)
    system.kind = noted(kind)
    system.technology = text(technology)
    system.purpose = text(purpose)
    system.owner = text(owner)
    system.creator = text(creator)
    system.team = text(team)
    system.failureRate = noted(failureRate)
    system.volume = noted(volume)
    system.runTime = noted(runTime)
    system.humanInvolvement = text(humanInvolvement)
    system.integrations = text(integrations)
    system.status = noted(status)
    system.criticality = noted(criticality)
    system.models = models.map(change)
    system.version = text(version)
    system.sources = sources.map { $0.mapTexts(change) }
    system.unknowns = unknowns.map(change)
    system.exampleSigns = exampleSigns.map {
      ExampleSign($0.kind, change($0.text), $0.evidence.mapTexts(change))
    }
    return system
  }
}

extension Evidence {
  fileprivate func mapTexts(_ change: (String) -> String) -> Evidence {
    var evidence = self
    evidence.note = note.map(change)
    evidence.location.element = location.element.map(change)
    return evidence
  }
}

extension BusinessProcess {
  fileprivate mutating func mapTexts(_ change: (String) -> String) {
    // Identifiers stay: they hold the process together.
    name = name.map(change)
    for index in elements.indices {
      elements[index].name = elements[index].name.map(change)
      elements[index].lane = elements[index].lane.map(change)
      elements[index].implementation = elements[index].implementation.map(change)
      elements[index].assignment = elements[index].assignment.map(change)
    }
    for index in flows.indices {
      flows[index].name = flows[index].name.map(change)
      flows[index].condition = flows[index].condition.map(change)
    }
  }
}

extension DecisionTable {
  fileprivate mutating func mapTexts(_ change: (String) -> String) {
    name = change(name)
    for index in inputs.indices { inputs[index].mapTexts(change) }
    for index in outputs.indices { outputs[index].mapTexts(change) }
    for index in rules.indices {
      rules[index].tests = rules[index].tests.map { $0.mapTexts(change) }
      rules[index].outputs = rules[index].outputs.map(change)
    }
  }
}

extension DecisionTable.Column {
  fileprivate mutating func mapTexts(_ change: (String) -> String) {
    name = change(name)
    label = label.map(change)
    allowed = allowed.map { $0.mapTexts(change) }
    defaultOutput = defaultOutput.map(change)
  }
}

extension UnaryTest {
  fileprivate func mapTexts(_ change: (String) -> String) -> UnaryTest {
    switch self {
    case .string(let text): .string(change(text))
    case .opaque(let text): .opaque(change(text))
    case .anyOf(let tests): .anyOf(tests.map { $0.mapTexts(change) })
    case .allOf(let tests): .allOf(tests.map { $0.mapTexts(change) })
    case .not(let test): .not(test.mapTexts(change))
    case .text(let test): .text(test.mapTexts(change))
    case .any, .interval, .boolean, .null: self
    }
  }
}

extension UnaryTest.TextTest {
  fileprivate func mapTexts(_ change: (String) -> String) -> UnaryTest.TextTest {
    switch self {
    case .startsWith(let text): .startsWith(change(text))
    case .endsWith(let text): .endsWith(change(text))
    case .contains(let text): .contains(change(text))
    case .length: self
    }
  }
}
