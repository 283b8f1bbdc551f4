extension StackModel {
  /// A team that has to repair something and could wait for that very repair with its own work; `nil`
  /// where there is none.
  ///
  /// People hold what they touch while they wait, and so does work that an outage stopped. So a team
  /// waits for the applications it touches, an application for whatever the work that holds it may wait
  /// for, and something that is down for the team that repairs it. A circle of these could stand still
  /// for ever.
  public var circularRepair: (team: Int, unit: String)? {
    let repairs = repairTeams
    guard repairs.contains(where: { $0 != nil }) else { return nil }
    let uses = touchedTogether
    let byTeam = touchedByTeams
    for (unit, team) in repairs.enumerated() {
      guard let team else { continue }
      var seen = byTeam[team]
      var open = Array(seen)
      while let application = open.popLast() {
        var next: Set<Int> = []
        for use in uses where use.applications.contains(application) {
          next.formUnion(use.applications)
          // A run whose automation is down holds what it touches.
          if let down = use.automation, let other = repairs[applications.count + down] {
            if other == team { return (team, unitName(unit)) }
            next.formUnion(byTeam[other])
          }
        }
        if let other = repairs[application] {
          if other == team { return (team, unitName(unit)) }
          next.formUnion(byTeam[other])
        }
        let fresh = next.subtracting(seen)
        seen.formUnion(fresh)
        open += fresh.sorted()
      }
    }
    return nil
  }

  private func unitName(_ unit: Int) -> String {
    unit < applications.count
      ? applications[unit].name
      : unit < applications.count + automations.count
        ? automations[unit - applications.count].name : layer?.name ?? ""
  }

  /// By unit, the team that repairs it.
  private var repairTeams: [Int?] { outagesByUnit.map { $0.flatMap(\.repairTeam) } }

  /// What single pieces of work touch, and the automation that does them.
  private var touchedTogether: [(applications: Set<Int>, automation: Int?)] {
    activities.indices.flatMap { index in
      [false, true].map { isRun in
        (
          Set(touches(ofActivity: index, byAutomation: isRun).map(\.application)),
          isRun ? activities[index].automation : nil
        )
      }
    }
  }

  /// By team, what its work by hand and its exceptions touch.
  private var touchedByTeams: [Set<Int>] {
    var result = [Set<Int>](repeating: [], count: teams.count)
    for (index, activity) in activities.enumerated() {
      let touched = Set(touches(ofActivity: index, byAutomation: false).map(\.application))
      let exceptions = activity.automation.flatMap { automations[$0].exceptionTeam }
      for team in Set([activity.team, exceptions].compactMap(\.self)) {
        result[team].formUnion(touched)
      }
    }
    return result
  }
}
