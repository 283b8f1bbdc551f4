internal import EventLogs

/// People who do the same kinds of work.
struct DiscoveredTeam {
  /// Name, unlike that of any other team.
  var name: String
  /// Resources, those who are at work for most of their hours first.
  var members: [Int]
  /// Activities that they do.
  var activities: [Int]
  /// The members that do an activity, by activity.
  var doers: [Int: [Int]]
  /// Hours of the team.
  var hours: WeeklyHours
  /// Hours of each member.
  var memberHours: [WeeklyHours]
  /// Most things that a member does at a time; 1 for one after the other.
  var limit: Int
  /// Whether the log does not say who they are.
  var isUnnamed: Bool
  /// Pieces of work they did.
  var workCount: Int
}

extension CalibrationLog {
  /// Teams from who does what: resources that share an activity are of one team.
  ///
  /// Who does an activity less than a fifth as often as its people do on average, and for whom it is less
  /// than a twentieth of the work, is not counted among its people: exceptions are no teams.
  ///
  /// - Parameter closed: days on which nobody works.
  func discoverTeams(closed: [Int] = []) -> [DiscoveredTeam] {
    var edges: [[Int]: Int] = [:]
    var ofActivity = [Int](repeating: 0, count: activities.count)
    var ofResource = [Int](repeating: 0, count: resources.count)
    for work in works {
      edges[[work.activity, work.resource], default: 0] += 1
      ofActivity[work.activity] += 1
      ofResource[work.resource] += 1
    }
    let all = edges.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var width = [Int](repeating: 0, count: activities.count)
    for edge in all { width[edge[0]] += 1 }
    let kept = all.filter { edge in
      let count = Double(edges[edge] ?? 0)
      return count >= 0.2 * Double(ofActivity[edge[0]]) / Double(width[edge[0]])
        || count >= 0.05 * Double(ofResource[edge[1]])
    }
    var parent = Array(0..<(activities.count + resources.count))
    func root(_ node: Int) -> Int {
      var at = node
      while parent[at] != at { at = parent[at] }
      return at
    }
    for edge in kept {
      let (a, b) = (root(edge[0]), root(activities.count + edge[1]))
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    var groups: [Int: [[Int]]] = [:]
    for edge in kept { groups[root(edge[0]), default: []].append(edge) }
    let evidence = hourEvidence()
    var everybody = HourEvidence()
    for (resource, hours) in evidence.enumerated()
    where resource < firstUnnamed || firstUnnamed == 0 {
      everybody.add(hours)
    }
    if everybody.total == 0 { for hours in evidence { everybody.add(hours) } }
    let first = works.map(\.start).min() ?? 0
    let exposure = weeklyExposure(first...max(first, works.map(\.end).max() ?? 0))
    // Within two days no hour of the day comes twice: when work ends each day is not to be seen.
    let hoursAreSeen = showsHours(first...max(first, works.map(\.end).max() ?? 0))
    let usual =
      hoursAreSeen
      ? everybody.plainHours(exposure: exposure) : [Bool](repeating: true, count: 168)
    var byResource = [[Int]](repeating: [], count: resources.count)
    for (place, work) in works.enumerated() where !work.isFollower {
      byResource[work.resource].append(place)
    }
    var teams = groups.keys.sorted().map { key -> DiscoveredTeam in
      let edges = groups[key] ?? []
      let members = Set(edges.map { $0[1] }).sorted {
        (ofResource[$1], $0) < (ofResource[$0], $1)
      }
      var doers: [Int: [Int]] = [:]
      for edge in edges { doers[edge[0], default: []].append(edge[1]) }
      var together = HourEvidence()
      for member in members { together.add(evidence[member]) }
      let isUnnamed = members.allSatisfy { $0 >= firstUnnamed }
      let own =
        !hoursAreSeen
        ? usual
        : isUnnamed
          ? together.plainHours(exposure: exposure) : together.hours(like: usual, of: everybody)
      let memberHours = members.map { member in
        hoursAreSeen
          ? evidence[member].spans(
            together: together, like: own, everybody: isUnnamed ? nil : everybody
          ).without(closed) : .always
      }
      // Who is busy for more of their hours is asked first.
      let order = members.indices.sorted { a, b in
        let busy = [a, b].map { place in
          busyTime(byResource[members[place]], memberHours[place])
        }
        return busy[0] != busy[1] ? busy[0] > busy[1] : a < b
      }
      return DiscoveredTeam(
        name: "", members: order.map { members[$0] }, activities: doers.keys.sorted(), doers: doers,
        hours: together.spans(of: own, like: isUnnamed ? nil : everybody).without(closed),
        memberHours: order.map { memberHours[$0] },
        limit: isUnnamed ? 1000 : limit(of: Set(members)), isUnnamed: isUnnamed,
        workCount: members.reduce(0) { $0 + ofResource[$1] })
    }
    name(&teams)
    return teams
  }

  /// Time at work in an hour of scheduled time, in any unit that is the same for all; the number of pieces of work
  /// where they take no time.
  private func busyTime(_ places: [Int], _ hours: WeeklyHours) -> Double {
    let worked = places.reduce(Int64(0)) {
      $0 + hours.work(from: works[$1].start, to: works[$1].end)
    }
    return (worked > 0 ? Double(worked) : Double(places.count))
      / Double(max(1, hours.minutesPerWeek))
  }

  private func hourEvidence() -> [HourEvidence] {
    var evidence = [HourEvidence](repeating: HourEvidence(), count: resources.count)
    let haveNoHours = areDates(instants)
    for work in works {
      if haveNoHours {
        evidence[work.resource].add(day: work.start)
        if hasStartTimes { evidence[work.resource].add(day: work.end) }
      } else if hasStartTimes {
        evidence[work.resource].add(from: work.start, to: work.end)
      } else {
        evidence[work.resource].add(instant: work.end)
      }
    }
    return evidence
  }

  /// Most things at a time: what the busiest member has in hand at the 95 % quantile of its beginnings,
  /// where more than a twentieth of the work begins while its person is at other work.
  private func limit(of members: Set<Int>) -> Int {
    guard hasStartTimes else { return 1 }
    var byMember: [Int: [Work]] = [:]
    for work in works
    where members.contains(work.resource) && work.end > work.start && !work.isFollower {
      byMember[work.resource, default: []].append(work)
    }
    var overlapping = 0
    var total = 0
    var most = 1
    for member in byMember.keys.sorted() {
      let items = (byMember[member] ?? []).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
      var ends: [Int64] = []
      var depths: [Int] = []
      for item in items {
        let slack = roundingOverlap(from: item.start, to: item.end)
        ends.removeAll { $0 <= item.start + slack }
        depths.append(ends.count + 1)
        if !ends.isEmpty { overlapping += 1 }
        ends.append(item.end)
      }
      total += items.count
      depths.sort()
      if !depths.isEmpty {
        most = max(most, depths[min(depths.count - 1, depths.count * 95 / 100)])
      }
    }
    guard total > 0, Double(overlapping) > 0.05 * Double(total) else { return 1 }
    return min(1000, max(2, most))
  }

  /// Names after what members are called, else after what they do.
  private func name(_ teams: inout [DiscoveredTeam]) {
    var taken: Set<String> = []
    for index in teams.indices {
      let team = teams[index]
      var base = ""
      if team.isUnnamed {
        base = "unnamed " + team.activities.map { activities[$0] }.joined(separator: " and ")
      } else {
        let texts = team.members.map { resources[$0] }
        base = texts.reduce(texts[0]) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        while let last = base.last, !last.isLetter { base.removeLast() }
        if base.count < 3 {
          base =
            team.activities.count == 1 ? "people for \(activities[team.activities[0]])" : "team"
        }
      }
      if base.count > 40 { base = String(base.prefix(40)) }
      var name = base
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(base) \(number)"
        number += 1
      }
      teams[index].name = name
    }
  }
}

extension HourEvidence {
  /// Hours of one member of a team whose hours are known; the edges are those of the team.
  func spans(
    together: HourEvidence, like own: [Bool], everybody: HourEvidence?
  ) -> WeeklyHours {
    together.spans(of: hours(like: own, of: together), like: everybody)
  }
}
