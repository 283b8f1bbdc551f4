internal import Statistics

/// How an automation's attempts at an activity are expected to end, with those that a layer adds and those
/// that people let it make after an alert.
///
/// A further attempt is taken to fail as the automation's own do. Weaknesses, routing and time limits are
/// left out: they depend on the case, on what was measured and on queues.
struct AttemptExpectation {
  /// Runs and their ends, all attempts included.
  var expected: RunExpectation
  /// Attempts that the layer adds.
  var layerRetries = 0.0
  /// Alerts that people decide on.
  var alerts = 0.0
  /// Share of a run's work that is kept from failed attempts, on average.
  var keptShare = 0.0

  init(
    ofActivity index: Int, _ automation: AutomationModel, in stack: StackModel, at time: Int64
  ) {
    expected = stack.runExpectation(ofActivity: index, automation, at: time)
    let recovery = stack.layer?.recovery
    guard recovery != nil || stack.monitor != nil, expected.gaveUp > 0 else { return }
    let own = Double(min(automation.retries, 1_000) + 1)
    let failure = own == 1 ? expected.gaveUp : power(expected.gaveUp, 1 / own)
    var reached = expected.gaveUp
    for _ in 0..<min(recovery?.retries ?? 0, 1_000) {
      layerRetries += reached
      reached *= failure
    }
    expected.runs += layerRetries
    expected.gaveUp = reached
    if let monitor = stack.monitor {
      var open = reached
      expected.gaveUp = 0
      for _ in 0..<min(monitor.attempts, 1_000) {
        let again = open * monitor.detects * monitor.triesAgain
        alerts += open * monitor.detects
        expected.gaveUp += open - again
        expected.runs += again
        open = again * failure
      }
      expected.gaveUp += open
    }
    let keeps = recovery?.keeps ?? 0
    if keeps > 0, expected.runs > 1 { keptShare = keeps * (expected.runs - 1) / expected.runs }
  }
}

extension ActivityExpectation {
  /// Adds what is between automations and can be worked out: alerts, and a supervisor's runs.
  ///
  /// What hand-overs and conflicts cost depends on who met the case before, and is left out.
  mutating func addOrchestration(
    of index: Int, _ attempts: AttemptExpectation, share: Double, automation: Int,
    in stack: StackModel
  ) {
    let done = 1 - attempts.expected.gaveUp
    if let monitor = stack.monitor {
      let alerts = attempts.alerts + done * monitor.falseAlarms
      teamSeconds.append((monitor.alert.team, share * alerts * monitor.alert.time.mean))
    }
    guard let supervisor = stack.supervisor else { return }
    var seconds = 0.0
    if supervisor.leads.contains(automation) {
      seconds += share * (supervisor.delegation?.mean ?? 0)
      seconds += share * done * supervisor.conflict * supervisor.resolution.mean
    }
    if supervisor.synthesisAfter.contains(index) { seconds += supervisor.synthesis.mean }
    automationSeconds.append((supervisor.automation, seconds))
  }
}
