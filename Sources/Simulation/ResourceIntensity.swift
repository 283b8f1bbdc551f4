internal import EventEngine

/// How much of something finite the cases need, by arithmetic: at 1 it saturates.
public struct ResourceIntensity: Sendable, Hashable {
  /// What is finite.
  public var resource: Resource
  /// Name of the application, automation or layer.
  public var name: String
  /// Need as a share of what there is, outages and maintenance taken off.
  public var intensity: Double

  /// What is finite.
  public enum Resource: Sendable, Hashable {
    /// An application's limit of pieces of work at once.
    case concurrency
    /// An application's limit of requests per unit of time.
    case requests
    /// An automation's runners.
    case runners
    /// The hops that a layer handles at once.
    case hops
  }
}

extension SimulationModel {
  /// The intensities of applications, automations and the layer of the stack under trial in the last
  /// week of the horizon, which passes around the clock.
  ///
  /// What has no limit has none. Waits of one for another are not counted, nor that people hold
  /// applications over closed hours: the truth is no better.
  public func resourceIntensities() -> [ResourceIntensity] {
    let expectation = FlowExpectation(model: self, stack: stack)
    guard expectation.isFinite else { return [] }
    let load = ExpectedLoad(
      model: self, stack: stack, expectation: expectation, at: timeline.horizon)
    let rate = arrivalsPerSecondInLastWeek
    var result: [ResourceIntensity] = []
    func add(
      _ resource: ResourceIntensity.Resource, _ name: String, need: Double, others: Double = 0,
      have: Double
    ) {
      let needed = rate * need + others
      let intensity = have > 0 ? needed / have : needed > 0 ? .infinity : 0
      result.append(ResourceIntensity(resource: resource, name: name, intensity: intensity))
    }
    for (index, application) in stack.applications.enumerated() {
      let available = (application.outages?.availability ?? 1) * shareOutOfMaintenance(application)
      let calls = stack.isTouched(index) ? callsOfOthers(application) : 0
      if application.concurrent > 0 {
        add(
          .concurrency, application.name, need: load.applicationSeconds[index],
          others: calls * (application.others?.time.mean ?? 0),
          have: Double(application.concurrent) * available)
      }
      if let limit = application.rateLimit {
        add(
          .requests, application.name, need: load.applicationRequests[index], others: calls,
          have: Double(limit.requests) / Double(limit.period) * 1e6)
      }
    }
    for (index, automation) in stack.automations.enumerated() {
      add(
        .runners, automation.name, need: load.automationSeconds[index],
        have: Double(automation.runners) * (automation.outages?.availability ?? 1)
          * shareOfHours(automation))
    }
    if let layer = stack.layer {
      add(
        .hops, layer.name, need: load.hops * Double(layer.latency) / 1e6,
        have: Double(layer.concurrent) * (layer.outages?.availability ?? 1))
    }
    return result
  }

  private var arrivalsPerSecondInLastWeek: Double {
    let length = min(604_800_000_000, timeline.horizon)
    let from = timeline.horizon - length
    guard length > 0 else { return 0 }
    if demand.calendar.isContinuous {
      return demand.arrivalsPerSecond(from: from, to: timeline.horizon)
    }
    var cases = 0.0
    for interval in demand.calendar.intervals
    where interval.close > from && interval.open < timeline.horizon {
      let (open, close) = (max(interval.open, from), min(interval.close, timeline.horizon))
      cases += demand.arrivalsPerSecond(from: open, to: close) * Double(close - open) / 1e6
    }
    return cases / (Double(length) / 1e6)
  }

  private func shareOfHours(_ automation: AutomationModel) -> Double {
    guard let hours = automation.hours.map({ calendars[$0] }), !hours.isContinuous else { return 1 }
    return Double(hours.workTime(from: 0, to: timeline.horizon)) / Double(timeline.horizon)
  }

  /// Calls that others make a second, on average over the horizon.
  private func callsOfOthers(_ application: ApplicationModel) -> Double {
    guard let others = application.others else { return 0 }
    guard let hours = others.calendar.map({ calendars[$0] }), !hours.isContinuous else {
      return others.perSecond
    }
    return others.perSecond * Double(hours.workTime(from: 0, to: timeline.horizon))
      / Double(timeline.horizon)
  }

  private func shareOutOfMaintenance(_ application: ApplicationModel) -> Double {
    guard let windows = application.maintenance else { return 1 }
    if windows.isContinuous { return 0 }
    return 1 - Double(windows.workTime(from: 0, to: timeline.horizon)) / Double(timeline.horizon)
  }
}

extension StackModel {
  /// Work that repairs and the upkeep of automations bring to a team, in seconds of work per second of
  /// calendar time, as if each began at once.
  public func repairWork(ofTeam team: Int) -> Double {
    outagesByUnit.compactMap(\.self).filter { $0.repairTeam == team }
      .reduce(0) { $0 + $1.repair.mean / max($1.every.mean + $1.repair.mean, 1e-9) }
      + careWork(ofTeam: team)
  }

  /// Mean latency of all that is touched, in seconds.
  func latency(of touches: [TouchModel]) -> Double {
    touches.reduce(0) { $0 + (applications[$1.application].latency?.mean ?? 0) }
  }
}
