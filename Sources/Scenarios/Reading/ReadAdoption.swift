internal import Facts
internal import Simulation
internal import Statistics

// How much of their work people hand to agents.

extension PartReading {
  /// Adoption by trust; `isWhole` is false where it is wrong, which is reported.
  func adoption(
    _ automations: [AutomationSettings]
  ) -> (value: AdoptionSettings?, isWhole: Bool) {
    let section = reading.group(sections, "adoption")
    guard section.isPresent else {
      return (nil, sections.node?["adoption"].map { reading.isEmpty($0) } ?? true)
    }
    let users = users(section, automations)
    let shares = ["start", "least", "most", "gain"].map { reading.share(section, $0) }
    let losses = losses(section)
    let noticed = reading.share(section, "noticed")
    let after = reading.distribution(section, "noticed_after")
    let clarity = ["transparency", "explained_loss", "opaque_loss", "trained"].map {
      reading.share(section, $0)
    }
    let talks = reading.group(section, "communication")
    let talk = talks.isPresent ? communication(talks) : nil
    guard let users, let start = shares[0], let least = shares[1], let most = shares[2],
      let gain = shares[3], let losses, let noticed, let after, let transparency = clarity[0],
      let explained = clarity[1], let opaque = clarity[2], let trained = clarity[3],
      talk != nil || !talks.isPresent
    else { return (nil, false) }
    guard least <= start, start <= most else {
      reading.report(
        key: section.path(of: "start"),
        "'\(section.path(of: "start"))' (\(written(start * 100)) %) is not between 'least' "
          + "(\(written(least * 100)) %) and 'most' (\(written(most * 100)) %)",
        at: section.node?["start"]?.location ?? section.location)
      return (nil, false)
    }
    return (
      AdoptionSettings(
        automations: users, start: start, least: least, most: most, gain: gain, losses: losses,
        noticed: noticed, noticedAfter: after, transparency: transparency,
        explainedLoss: explained, opaqueLoss: opaque, trained: trained, communication: talk), true
    )
  }

  /// The automations that it is about; all agents where none are named.
  private func users(_ section: Section, _ automations: [AutomationSettings]) -> [String]? {
    let known = automations.map(\.name)
    let named = reading.names(section, "of", among: known)
    if let node = section.node?["of"], !reading.isEmpty(node) {
      guard let named, named.allSatisfy({ known.contains($0.name) }) else { return nil }
      return named.map(\.name)
    }
    let agents = automations.filter { $0.kind == "agent" }.map(\.name)
    // Where an automation is wrong, that is what is reported.
    guard agents.isEmpty, automations.count == assembly.names(of: "automations").count else {
      return agents
    }
    reading.report(
      key: section.path(of: "of"),
      "'\(section.path)' is about no automation: there is none of the kind `agent`; name some, such as "
        + "`of: [\(known.first ?? "claims_agent")]`", at: section.location)
    return nil
  }

  private func losses(_ section: Section) -> AdoptionLosses? {
    let group = reading.group(section, "surprises")
    guard group.isPresent else {
      return section.node?["surprises"].map({ reading.isEmpty($0) }) ?? true
        ? AdoptionLosses() : nil
    }
    let losses = ["released", "found", "needless", "failure"].map { reading.share(group, $0) }
    guard let released = losses[0], let found = losses[1], let needless = losses[2],
      let failure = losses[3]
    else { return nil }
    return AdoptionLosses(released: released, found: found, needless: needless, failure: failure)
  }

  private func communication(_ section: Section) -> AdoptionSettings.Communication? {
    let work = teamWork(section)
    let every = reading.duration(section, "every")?.seconds
    let gain = reading.share(section, "gain")
    guard let work, let every, let gain else { return nil }
    return AdoptionSettings.Communication(work: work, every: every, gain: gain)
  }
}
