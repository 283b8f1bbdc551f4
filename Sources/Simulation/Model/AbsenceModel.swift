/// How people of a team are away at random: sickness, leave, training elsewhere (shrinkage).
///
/// All of it counts in each person's own working time, so that holidays and nights are never counted a second
/// time. Times between absences are exponential with the mean that makes the share: lasts · (1 − share) / share.
public struct AbsenceModel: Sendable, Hashable {
  /// Share of a person's scheduled time that they are away, in 0..<1.
  public var share: Double
  /// How long they are away each time, in seconds of their working time; its mean is positive.
  public var lasts: SampledTime
  /// Share of their hourly cost that is paid meanwhile, ≥ 0.
  public var paid: Double

  /// Creates a model.
  public init(share: Double, lasts: SampledTime, paid: Double = 1) {
    self.share = share
    self.lasts = lasts
    self.paid = paid
  }
}

extension TeamModel {
  /// Share of its scheduled time that its people are there, on average.
  public var presence: Double { 1 - (absence?.share ?? 0) }

  /// Stops on absence that cannot be.
  func requireConsistentAbsence() {
    guard let absence else { return }
    precondition(
      (0..<1).contains(absence.share) && absence.paid >= 0 && absence.lasts.mean > 0,
      "people are there at times, and away for a time")
  }
}
