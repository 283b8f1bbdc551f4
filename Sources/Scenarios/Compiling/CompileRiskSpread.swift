internal import Simulation

// What can go badly wrong: compromise, leaks and cascades.

extension StackCompiler {
  mutating func compromise(
    _ settings: RiskSettings.Compromise, _ names: StackNames
  ) -> CompromiseModel {
    var model = CompromiseModel(
      targets: settings.of.compactMap { names.automations.firstIndex(of: $0) },
      every: time(settings.every), detection: time(settings.foundAfter))
    for (from, name) in names.automations.enumerated() {
      for (to, other) in names.automations.enumerated() where from != to {
        // Each way by itself: it is reached unless all of them fail.
        var spared = 1.0
        if settings.trustedBy[name]?.contains(other) == true { spared *= 1 - settings.spread }
        if names.share(from, to) { spared *= 1 - settings.sharedApplications }
        if names.hasLayer { spared *= 1 - settings.layer }
        if spared < 1 {
          model.links.append(LinkModel(from: from, to: to, probability: 1 - spared))
        }
      }
    }
    model.spreadDelay = settings.spreadAfter.map { time($0) } ?? .zero
    model.affects = settings.affects
    model.containment = settings.containedFor.map { time($0) } ?? .zero
    model.investigation = settings.investigation.map { work($0, names) }
    model.damage = settings.cases.map { incident($0, names) } ?? IncidentModel()
    return model
  }

  mutating func leak(_ settings: RiskSettings.Leak, _ names: StackNames) -> LeakModel {
    var model = LeakModel(name: settings.name)
    model.condition = settings.condition
    model.collectedAt = settings.collectedAt.compactMap { flow.activity(ofElement: $0) }
    model.clearedAutomations = settings.cleared.compactMap { names.automations.firstIndex(of: $0) }
    model.clearedApplications = settings.cleared.compactMap {
      names.applications.firstIndex(of: $0)
    }
    model.share = settings.share
    model.byPeople = settings.byPeople
    model.incident = incident(settings.incident, names)
    return model
  }

  mutating func cascade(_ settings: RiskSettings.Cascade, _ names: StackNames) -> CascadeModel {
    let first = names.applications.count
    var links: [LinkModel] = []
    for (from, name) in (names.applications + names.automations).enumerated() {
      for (to, other) in names.automations.enumerated() where from != first + to {
        var spared = 1.0
        if settings.couples[name]?.contains(other) == true { spared *= 1 - settings.share }
        if from >= first, names.share(from - first, to) {
          spared *= 1 - settings.sharedApplications
        }
        if spared < 1 {
          links.append(LinkModel(from: from, to: first + to, probability: 1 - spared))
        }
      }
    }
    var model = CascadeModel(links: links, lasts: time(settings.lasts))
    model.delay = settings.after.map { time($0) } ?? .zero
    model.inconsistent = settings.inconsistent
    model.rollBack = settings.rollBack.map { work($0, names) }
    return model
  }
}
