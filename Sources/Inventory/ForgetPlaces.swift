internal import Facts
internal import ProcessModel

extension BusinessProcess {
  /// Puts everything in one place, so that two copies of a process can be compared.
  mutating func forgetPlaces(_ place: SourceLocation) {
    location = place
    for index in elements.indices { elements[index].location = place }
    for index in flows.indices { flows[index].location = place }
  }
}

extension DecisionTable {
  /// Puts everything in one place, so that two copies of a table can be compared.
  mutating func forgetPlaces(_ place: SourceLocation) {
    location = place
    for index in rules.indices { rules[index].location = place }
  }
}
