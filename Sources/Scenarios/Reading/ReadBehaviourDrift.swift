internal import Facts
internal import Simulation

extension PartReading {
  /// How an automation's behaviour drifts, and what notices it; `nil` where it does not.
  func behaviourDrift(_ section: Section) -> ConductSettings.Drift? {
    let group = reading.group(section, "drift")
    guard group.isPresent else { return nil }
    let onset = reading.distribution(group, "begins")
    let failure = reading.number(group, "failure_odds")
    let errors = reading.number(group, "error_odds")
    let over = reading.duration(group, "over")?.seconds
    let detector = detector(group)
    guard let onset, let failure, let errors else { return nil }
    if failure == 1, errors == 1 {
      reading.report(
        key: group.path,
        "'\(group.path)' changes nothing; give 'error_odds' or 'failure_odds', such as "
          + "`error_odds: 5`", at: group.location)
      return nil
    }
    return ConductSettings.Drift(
      onset: onset, failureOdds: failure, errorOdds: errors, over: over ?? 0, detector: detector)
  }

  private func detector(_ section: Section) -> ConductSettings.Detector? {
    let group = reading.group(section, "detector")
    guard group.isPresent else { return nil }
    let teams = assembly.names(of: "teams")
    let sampled = reading.share(group, "sampled")
    let team = reading.name(group, "by", among: teams)
    let time = reading.distribution(group, "time")
    let test = test(group)
    let investigators = reading.name(group, "investigated_by", among: teams)
    let investigation = reading.distribution(group, "investigation")
    let recalibration = reading.distribution(group, "recalibration")
    let price = reading.money(group, "price")
    if (group.node?["by"] == nil) != (group.node?["time"] == nil) {
      reading.report(
        key: group.path,
        "'\(group.path)' has one of 'by' and 'time'; give both or neither", at: group.location)
    }
    guard let sampled, let test else { return nil }
    return ConductSettings.Detector(
      sampled: sampled, team: team, time: time, test: test, investigators: investigators,
      investigation: investigation, recalibration: recalibration, price: price?.amount ?? 0)
  }

  /// The test, whose numbers differ from one to the other.
  private func test(_ group: Section) -> DriftDetectorModel.Test? {
    let name = reading.choice(group, "test")
    let threshold = reading.number(group, "threshold")
    let expected = reading.share(group, "expected")
    let shifted = reading.share(group, "shifted")
    let tolerance = reading.share(group, "tolerance")
    guard let name, let threshold else { return nil }
    let own = name == "cusum" ? ["expected", "shifted"] : ["tolerance"]
    for other in ["expected", "shifted", "tolerance"] {
      let node = group.node?[other]
      if let node, !own.contains(other) {
        reading.report(
          key: node.path, "'\(node.path)' is of another test than '\(name)'; remove it",
          at: node.location)
      } else if node == nil, own.contains(other) {
        let key = reading.key(group.pattern(of: other))
        reading.report(
          key: group.path(of: other),
          "'\(group.path(of: other))' is missing; the test '\(name)' needs it, such as "
            + "`\(other): \(key.example)`", at: group.location)
      }
    }
    if name == "page_hinkley" {
      return tolerance.map { .pageHinkley(tolerance: $0, threshold: threshold) }
    }
    guard let expected, let shifted else { return nil }
    guard expected < shifted else {
      reading.report(
        key: group.path(of: "shifted"),
        "'\(group.path(of: "shifted"))' is not above 'expected'; it is the share of errors that the "
          + "test is to notice", at: group.node?["shifted"]?.location ?? group.location)
      return nil
    }
    return .cusum(expected: expected, shifted: shifted, threshold: threshold)
  }
}
