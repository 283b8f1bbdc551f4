/// What another simulator's files say, checked, as a scenario can say it.
struct ImportedModel {
  /// Distances between arrivals, as a scenario writes them.
  var arrivals: String
  /// Days and hours of the arrivals; name of one of `calendars`.
  var arrivalCalendar: String
  /// Whether the distances pass in those hours only.
  var arrivalsCountOpenTime = false
  /// The start event of the cases; `nil` for the only one there is.
  var startEvent: String?
  var calendars: [Calendar]
  /// In the order of the file.
  var resources: [Resource]
  /// Who does what, in the order of the file.
  var tasks: [Task]
  /// What takes its time without anybody, in the order of the process.
  var automatic: [Automatic] = []
  /// Shares of the flows out of gateways.
  var gateways: [Gateway]
  var attributes: [ImportedAttribute]
  var priorities: [Priority]
  var batches: [Batch]
  /// Times of events, as a scenario writes them.
  var events: [(id: String, time: String)]
  /// Events that need not come.
  var chances: [Chance] = []
  var run: Run
  var sections: Sections

  /// How long is simulated, and from when on.
  struct Run {
    /// Beside the key `clock`.
    var comment: String
    var start: String
    var timeZone: String
    var horizon: String
    /// `empty`, or a run-in.
    var startState = "empty"
    var currency: String
    var replications: Int
    var seed: String?
  }

  /// Names of the sections that values come from.
  struct Sections {
    /// The file's name and what stands before the name of each section.
    var prefix: String
    var calendars: String
    var arrivalCalendar: String
    var arrivals: String
    var people: String
    var activities: String
    var updates: String
    var batches: String
    var waits: String
    var shares: String
    var conditions: String
    var priorities: String
  }

  /// An activity that nobody does: it takes its time, and others never wait for it.
  struct Automatic {
    var id: String
    var time: String
    /// Price each time; `nil` for none.
    var price: Double?
  }

  /// An event that comes with a probability or at a time of its own.
  struct Chance {
    var id: String
    var happens: Double?
    var after: String?
  }

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
    /// Class of urgency, lower first; `nil` for that of the case.
    var priority: Int?
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

extension ImportedModel {
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
