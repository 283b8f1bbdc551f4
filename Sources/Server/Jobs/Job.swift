import Foundation

/// Long work that somebody asked for, as it stands; kept in a file, so that a restart does not lose it.
struct Job: Codable, Sendable, Hashable {
  /// From 1, in the order in which they were asked for.
  var id: Int
  var kind: Kind
  /// What it is, for people.
  var title: String
  /// What it needs to be carried out, and to be carried out again.
  var parameters: [String: String]
  var state = State.waiting
  /// ISO 8601.
  var created: String
  var started: String?
  var ended: String?
  /// How much of `total` is done.
  var done = 0.0
  var total = 0.0
  /// What is being done, or what came of it.
  var message = ""
  /// Why it failed, or what was not understood: one sentence each.
  var problems: [String] = []
  /// The page that shows what came of it.
  var result: String?
  /// Of a study that runs: replications of each variant behind what `…/figures` shows so far.
  var shown: Int?

  /// What can be asked for.
  enum Kind: String, Codable, Sendable, CaseIterable {
    /// Files into the inventory.
    case importing = "import"
    /// A scenario is run and compared.
    case study
    /// A scenario is made of an event log.
    case calibration
  }

  /// Where a job stands.
  enum State: String, Codable, Sendable, CaseIterable {
    case waiting, running, done, failed, cancelled
    /// The server ended while it ran or waited.
    case interrupted

    /// Whether nothing more will happen by itself.
    var isFinal: Bool { self != .waiting && self != .running }
  }

  /// Whether it can be asked for again as it was.
  var canGoOn: Bool { state == .interrupted || state == .cancelled || state == .failed }
}

/// What came of a job that was done.
struct JobOutcome: Sendable {
  var message: String
  var problems: [String] = []
  var result: String?
  /// Whether all that was asked for is done; what was stopped has a result of what it had done.
  var isComplete = true
}
