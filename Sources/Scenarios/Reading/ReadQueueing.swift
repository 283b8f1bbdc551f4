internal import Facts
internal import Simulation
internal import Statistics

extension StackReading {
  /// What activities and guardrails have in common: who may do the work, and how urgent it is.
  func queueing(_ section: Section) -> QueueingSettings {
    var queueing = QueueingSettings()
    queueing.skills = reading.skills(section)?.map(\.name) ?? []
    queueing.priority = reading.count(section, "priority").map(Int32.init(clamping:))
    let expedite = reading.group(section, "expedite")
    guard expedite.isPresent else { return queueing }
    let after = reading.duration(expedite, "after")?.seconds
    let priority = reading.count(expedite, "priority").map(Int32.init(clamping:))
    if let priority, priority == queueing.priority, let node = expedite.node?["priority"] {
      reading.report(
        key: node.path,
        "'\(node.path)' changes nothing: it is the class that the work begins with; give another "
          + "class or remove 'expedite'", at: node.location)
    }
    if let after, let priority {
      queueing.expedite = QueueingModel.Expedite(
        after: Int64((after * 1e6).rounded()), priority: priority)
    }
    return queueing
  }

  /// The same with what only activities have: patience, and times of single people.
  ///
  /// - Parameters:
  ///   - own: what is said of this very activity; a value in `section` alone comes from `default`.
  ///   - team: the team that does it.
  func queueing(
    ofActivity section: Section, own: ScenarioNode?, team: String?
  ) -> QueueingSettings {
    var queueing = queueing(section)
    let patience = reading.group(section, "patience")
    if patience.isPresent {
      let time = reading.distribution(patience, "time")
      let then = reading.choice(patience, "then")
        .flatMap(QueueingModel.Patience.Outcome.init(rawValue:))
      if let time, let then { queueing.patience = .init(time: time, then: then) }
    }
    queueing.times = times(section, own: own, team: team)
    return queueing
  }

  private func times(
    _ section: Section, own: ScenarioNode?, team: String?
  ) -> [String: Distribution] {
    let group = reading.group(section, "times")
    let key = reading.key("activities.*.times.*")
    guard case .distribution(let clock) = key.kind else { preconditionFailure(key.path) }
    var result: [String: Distribution] = [:]
    let day = reading.workingDay
    let members = group.node?.members ?? []
    let knownHere = members.isEmpty ? [] : assembly.memberNames(of: team)
    let known = members.isEmpty ? [] : assembly.memberNames(of: nil)
    let (isHere, isKnown) = (Set(knownHere), Set(known))
    for member in members {
      let time = reading.leaf(group, member, number: { toMicrosecond($0.mean) }) {
        text throws(ValueError) in
        try parseDistribution(text, clock: clock, workingDay: day)
      }
      // What `default` says of people of other teams counts where these teams work.
      let isOwn = own?["times"]?[member.key] != nil
      if !(isOwn ? isHere : isKnown).contains(member.key) {
        reportStranger(member, known: isOwn ? knownHere : known, team: isOwn ? team : nil)
      } else if let time, let team, isMember(member.key, of: team) {
        result[member.key] = time
      }
    }
    return result
  }

  private func isMember(_ name: String, of team: String) -> Bool {
    layers.sections["teams"]?[team]?["members"]?[name] != nil
  }

  private func reportStranger(_ member: ScenarioNode.Member, known: [String], team: String?) {
    let whose = team.map { "of the team '\($0)', which does it" } ?? "of any team"
    let hint =
      nearestName(to: member.key, among: known).map { "did you mean '\($0)'?" }
      ?? (known.isEmpty
        ? "it has no 'members'; name them there"
        : "known are \(known.prefix(8).joined(separator: ", "))\(known.count > 8 ? " …" : "")")
    reading.report(
      key: member.node.path, "'\(shown(member.key))' is no member \(whose); \(hint)",
      at: member.keyLocation)
  }

  /// Work in batches; `nil` for one by one.
  func batch(_ section: Section) -> BatchSettings? {
    let group = reading.group(section, "batch")
    guard group.isPresent else { return nil }
    let size = reading.count(group, "size")
    let wait = reading.duration(group, "wait")?.seconds
    let minimum = reading.count(group, "minimum")
    let setup = reading.distribution(group, "setup")
    let each = reading.distribution(group, "each")
    let similarity = similarity(group)
    guard let size, let minimum else { return nil }
    if let node = group.node?["minimum"] {
      if minimum > size {
        reading.report(
          key: node.path,
          "'\(node.path)' is `\(shown(node.text ?? ""))`, more than the \(size) of a full batch; "
            + "give at most that", at: node.location)
      } else if group.node?["wait"] == nil {
        reading.report(
          key: node.path,
          "'\(node.path)' counts for nothing without 'wait': such a batch always waits until it is "
            + "full; give a 'wait' or remove it", at: node.location)
      }
    }
    return BatchSettings(
      size: size, wait: wait, minimum: minimum, setup: setup, each: each, similarity: similarity)
  }

  /// The index of the case attribute by which batches are formed.
  private func similarity(_ batch: Section) -> Int? {
    let attributes = assembly.names(of: "attributes")
    guard let name = reading.name(batch, "same", among: attributes) else { return nil }
    if attributes.isEmpty, let node = batch.node?["same"] {
      reading.report(
        key: node.path,
        "'\(node.path)' names a case attribute, but the scenario has no attributes; remove it",
        at: node.location)
    }
    return attributes.firstIndex(of: name)
  }
}

extension ScenarioAssembly {
  /// Names of the members of a team, or of all, in any variant, each once.
  func memberNames(of team: String?) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    let stacks = [root] + (root["variants"]?.members.map(\.node) ?? [])
    for stack in stacks {
      for member in stack["teams"]?.members ?? [] where team == nil || member.key == team {
        for person in member.node["members"]?.members ?? []
        where seen.insert(person.key).inserted {
          names.append(person.key)
        }
      }
    }
    return names
  }
}
