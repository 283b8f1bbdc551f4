/// What a Prosimos file says, checked, as a scenario can say it.
struct ProsimosModel {
  /// Distances between arrivals, as a scenario writes them.
  var arrivals: String
  /// Days and hours of the arrivals; name of one of `calendars`.
  var arrivalCalendar: String
  var calendars: [Calendar]
  /// In the order of the file.
  var resources: [Resource]
  /// Who does what, in the order of the file.
  var tasks: [Task]
  /// Shares of the flows out of gateways.
  var gateways: [Gateway]
  var attributes: [ProsimosAttribute]
  var priorities: [Priority]
  var batches: [Batch]
  /// Times of events, as a scenario writes them.
  var events: [(id: String, time: String)]

  /// Working hours of an ordinary week.
  struct Calendar {
    var name: String
    /// `always`, or lines of days and hours.
    var lines: [String]
  }

  /// A person, or several who are alike.
  struct Resource: Equatable {
    var id: String
    var name: String
    var pool: String
    var amount: Int
    var costPerHour: Double
    /// Name of one of `calendars`.
    var calendar: String
  }

  /// A task and the working times of those who may do it.
  struct Task {
    var id: String
    var times: [TaskTime]
  }

  /// How long one of those who may do it takes for a task.
  struct TaskTime {
    /// Index in `resources`.
    var resource: Int
    /// As a scenario writes it.
    var time: String
    /// In seconds, where it always is the same.
    var seconds: Double?
  }

  /// A gateway where cases part.
  struct Gateway {
    var id: String
    var shares: [(flow: String, share: Double)]
    /// Conditions in place of the shares, as a scenario writes them; empty for none.
    var conditions: [(flow: String, text: String)] = []
  }

  /// A rule of urgency.
  struct Priority {
    /// Its condition as a scenario writes it; `nil` for all cases.
    var condition: String?
    var level: Int
  }

  /// Cases that are worked on together.
  struct Batch {
    var task: String
    var size: Int
    /// Working time per case, as a scenario writes it.
    var each: String
  }
}

extension ProsimosModel {
  /// People who share tasks, and those tasks: a queue of its own.
  struct Team {
    var name: String
    /// Indexes in `resources`, ascending.
    var resources: [Int]
    /// Indexes in `tasks`, ascending.
    var tasks: [Int]
  }

  /// The connected components of who does what.
  ///
  /// Two people are of one team where a chain of shared tasks joins them: only then can one take work that
  /// would else wait for the other.
  var teams: [Team] {
    var root = Array(resources.indices)
    func find(_ index: Int) -> Int {
      var index = index
      while root[index] != index { index = root[index] }
      return index
    }
    for task in tasks {
      for time in task.times.dropFirst() {
        let (a, b) = (find(task.times[0].resource), find(time.resource))
        if a != b { root[max(a, b)] = min(a, b) }
      }
    }
    var teams: [Team] = []
    var positions: [Int: Int] = [:]
    for (index, task) in tasks.enumerated() where !task.times.isEmpty {
      let key = find(task.times[0].resource)
      if let position = positions[key] {
        teams[position].tasks.append(index)
      } else {
        positions[key] = teams.count
        let members = resources.indices.filter { find($0) == key }
        teams.append(Team(name: "", resources: members, tasks: [index]))
      }
    }
    name(&teams)
    return teams
  }

  /// Teams are called as their pool where they have one that no other has.
  private func name(_ teams: inout [Team]) {
    let pools = teams.map { Set($0.resources.map { resources[$0].pool }) }
    var taken: Set<String> = []
    for position in teams.indices {
      var name = "team \(position + 1)"
      if pools[position].count == 1, let pool = pools[position].first, !pool.isEmpty {
        name = pools.count { $0.contains(pool) } == 1 ? pool : "\(pool) \(position + 1)"
      }
      while taken.contains(name) || isProvenance(name) { name += " team" }
      taken.insert(name)
      teams[position].name = name
    }
  }
}

/// Whether the scenario language takes a key for the source of a value rather than for a name.
func isProvenance(_ name: String) -> Bool {
  provenanceKeys[name] != nil || ["value", "sample", "default"].contains(name)
}
