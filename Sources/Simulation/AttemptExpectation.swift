/// How an automation's attempts at an activity are expected to end, with those that a layer adds and those
/// that people let it make after an alert.
///
/// Weaknesses, routing and time limits are left out: they depend on the case, on what was measured and on
/// queues.
struct AttemptExpectation {
  /// Runs.
  var runs: Double
  /// Probability that all of them fail.
  var givesUp: Double
  /// Attempts that the layer adds.
  var layerRetries = 0.0
  /// Alerts that people decide on.
  var alerts = 0.0
  /// Share of a run's work that is kept from failed attempts, on average.
  var keptShare = 0.0

  init(of automation: AutomationModel, in stack: StackModel) {
    let failure = automation.failureProbability
    let own = min(automation.retries, 1_000)
    let added = min(stack.layer?.recovery?.retries ?? 0, 1_000)
    var reached = 1.0
    for attempt in 0...(own + added) {
      if attempt > own { layerRetries += reached }
      reached *= failure
    }
    givesUp = reached
    runs = failure < 1 ? (1 - reached) / (1 - failure) : Double(own + added + 1)
    if let monitor = stack.monitor {
      var open = reached
      givesUp = 0
      for _ in 0..<min(monitor.attempts, 1_000) {
        let again = open * monitor.detects * monitor.triesAgain
        alerts += open * monitor.detects
        givesUp += open - again
        runs += again
        open = again * failure
      }
      givesUp += open
    }
    let keeps = stack.layer?.recovery?.keeps ?? 0
    if keeps > 0, runs > 0 { keptShare = keeps * (runs - 1) / runs }
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
    if let monitor = stack.monitor {
      let alerts = attempts.alerts + (1 - attempts.givesUp) * monitor.falseAlarms
      teamSeconds.append((monitor.alert.team, share * alerts * monitor.alert.time.mean))
    }
    guard let supervisor = stack.supervisor else { return }
    var seconds = 0.0
    if supervisor.leads.contains(automation) {
      seconds += share * (supervisor.delegation?.mean ?? 0)
      seconds += share * (1 - attempts.givesUp) * supervisor.conflict * supervisor.resolution.mean
    }
    if supervisor.synthesisAfter.contains(index) { seconds += supervisor.synthesis.mean }
    automationSeconds.append((supervisor.automation, seconds))
  }
}
