internal import Facts
internal import ProcessModel

extension EstateFragment {
  /// Gives a system another name throughout; the old one becomes an alias.
  public mutating func rename(system old: String, to new: String) {
    let key = nameKey(old)
    func renamed(_ name: String) -> String { nameKey(name) == key ? new : name }
    for index in systems.indices where systems[index].key == key {
      systems[index].aliases.append(systems[index].name)
      systems[index].name = new
    }
    for index in connections.indices {
      if connections[index].source.kind == .system {
        connections[index].source.name = renamed(connections[index].source.name)
      }
      if connections[index].target.kind == .system {
        connections[index].target.name = renamed(connections[index].target.name)
      }
    }
    for index in steps.indices { steps[index].system = renamed(steps[index].system) }
    for index in touchPoints.indices {
      touchPoints[index].system = renamed(touchPoints[index].system)
    }
    for index in triggers.indices { triggers[index].system = renamed(triggers[index].system) }
    for index in guardrails.indices { guardrails[index].system = renamed(guardrails[index].system) }
    for index in permissions.indices {
      permissions[index].system = renamed(permissions[index].system)
    }
    for index in credentials.indices {
      credentials[index].system = renamed(credentials[index].system)
    }
    for index in processes.indices { processes[index].system = renamed(processes[index].system) }
    for index in decisions.indices { decisions[index].system = renamed(decisions[index].system) }
  }
}
