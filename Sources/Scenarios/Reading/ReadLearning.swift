internal import Facts
internal import Simulation

extension PartReading {
  /// How an automation learns from what is captured; `nil` where it does not.
  func learning(_ section: Section) -> LearningModel? {
    let group = reading.group(section, "learns")
    guard group.isPresent else { return nil }
    let logged = reading.share(group, "logged")
    let weight = reading.number(group, "override_weight")
    let reference = reading.count(group, "reference")
    let exponents = ["failure", "errors", "escalation"].map { reading.number(group, $0) }
    let floor = reading.share(group, "floor")
    let price = reading.money(group, "price")
    guard let logged, let weight, let reference, let floor, let price,
      let failure = exponents[0], let errors = exponents[1], let escalation = exponents[2]
    else { return nil }
    if failure == 0, errors == 0, escalation == 0 {
      reading.report(
        key: group.path,
        "'\(group.path)' learns nothing; give one of 'failure', 'errors' and 'escalation', such as "
          + "`failure: 0.3`", at: group.location)
      return nil
    }
    return LearningModel(
      logged: logged, overrideWeight: weight, reference: Double(reference),
      failureExponent: failure, errorExponent: errors, firingExponent: escalation, floor: floor,
      pricePerRecord: price.amount)
  }

  /// How an automation becomes worse without upkeep; `nil` where it does not.
  func decay(_ section: Section) -> DecayModel? {
    let group = reading.group(section, "decays")
    guard group.isPresent else { return nil }
    let after = reading.duration(group, "after")?.seconds
    let failure = reading.number(group, "failure_odds")
    let errors = reading.number(group, "error_odds")
    let per = reading.duration(group, "per")?.seconds
    guard let after, let failure, let errors, let per else { return nil }
    if failure == 1, errors == 1 {
      reading.report(
        key: group.path,
        "'\(group.path)' changes nothing; give 'failure_odds' or 'error_odds', such as "
          + "`failure_odds: 1.5`", at: group.location)
      return nil
    }
    return DecayModel(
      after: Int64((after * 1e6).rounded()), failureOdds: failure, errorOdds: errors,
      period: max(1, Int64((per * 1e6).rounded())))
  }
}
