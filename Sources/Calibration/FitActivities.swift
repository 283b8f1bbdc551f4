internal import Scenarios
internal import Statistics

/// Times of single people, where they differ by more than chance.
func fitPeople(
  _ row: inout ActivityFit, _ sample: [WorkSample], _ team: DiscoveredTeam,
  _ data: CalibrationLog
) {
  var byMember: [Int: [Double]] = [:]
  for item in sample { byMember[item.member, default: []].append(item.seconds) }
  let members = (team.members).filter { (byMember[$0]?.count ?? 0) >= 20 }
  guard members.count > 1, row.time.family != "constant" else { return }
  let p = kruskalWallis(members.map { byMember[$0] ?? [] })
  row.samePeople = p
  guard p < 0.001 else { return }
  row.byPerson = members.map { member in
    (
      data.resources[member],
      fitTimes(byMember[member] ?? []) { durationText(roundedTime($0)) }
    )
  }
}

/// Probability that samples of one distribution differ in rank as much as these.
///
/// Kruskal and Wallis 1952, doi:10.1080/01621459.1952.10483441, with the correction for ties; χ² holds for
/// samples of more than five.
func kruskalWallis(_ samples: [[Double]]) -> Double {
  let all = samples.enumerated().flatMap { group, values in values.map { ($0, group) } }
    .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  let n = Double(all.count)
  var ranks = [Double](repeating: 0, count: samples.count)
  var ties = 0.0
  var at = 0
  while at < all.count {
    var end = at
    while end < all.count, all[end].0 == all[at].0 { end += 1 }
    let rank = Double(at + end + 1) / 2
    for index in at..<end { ranks[all[index].1] += rank }
    let count = Double(end - at)
    ties += count * count * count - count
    at = end
  }
  let correction = 1 - ties / (n * n * n - n)
  guard correction > 0 else { return 1 }
  let sum = zip(ranks, samples).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.count) }
  let statistic = (12 / (n * (n + 1)) * sum - 3 * (n + 1)) / correction
  return regularizedGamma(shape: Double(samples.count - 1) / 2, max(0, statistic) / 2).upper
}

/// Waits that begin while a log is complete; of fewer those after it count, too.
private let fewestEarlyWaits = 20

/// Waiting that is not explained, where it is more than a minute for one piece of work in twenty and half a
/// minute on average.
///
/// What counts is what came since the last change, in the order in which the waiting began. A change is looked for
/// only among cases whose end the log can show: of those that begin later only short waits are in it.
///
/// - Parameter whole: the last instant from which on almost every case still ends within the log; `nil` where there
///   are too few of these.
/// - Parameter complete: the last instant until which all the work there was is in the log, so that who seems free was;
///   only waits that begin by then count, where there are 20 of them. `nil` where that is the log's end.
func fitDelay(
  _ row: inout ActivityFit, _ waits: [UnexplainedWait], hours: WeeklyHours, whole: Int64?,
  complete: Int64?, _ context: FlowContext, _ chain: FlowChain, _ data: CalibrationLog
) {
  var sample = waits.enumerated().sorted {
    ($0.element.free, $0.offset) < ($1.element.free, $1.offset)
  }.map(\.element)
  if let complete {
    let early = sample.filter { $0.free <= complete }
    if early.count >= fewestEarlyWaits { sample = early }
  }
  let seen = sample.filter { wait in whole.map { wait.caseStart <= $0 } ?? false }
  let changes = changePoints(seen.map { Double($0.worked) / 1e6 }, times: seen.map(\.free))
  if let last = changes.last { sample.removeAll { $0.free < last.time } }
  guard !sample.isEmpty else { return }
  let long = sample.count { $0.worked > 60_000_000 }
  let mean = sample.reduce(0) { $0 + Double($1.worked) } / 1e6 / Double(sample.count)
  guard Double(long) >= 0.05 * Double(sample.count), mean >= 30 else { return }
  row.delayChanges = changes
  row.delayIsCalendar = goesByCalendar(sample, hours: hours)
  let isCalendar = row.delayIsCalendar
  let values = sample.map { Double(isCalendar ? $0.calendar : $0.worked) / 1e6 }.sorted()
  var fit = fitTimes(values) { durationText(roundedTime($0)) }
  if fit.family != "empirical" {
    fit.text = empirical(values)
    fit.family = "empirical"
  }
  row.delay = fit
  let groups = waitsByContext(
    sample.map { wait in
      (
        context.before[wait.place], data.works[wait.place].caseIndex,
        Double(isCalendar ? wait.calendar : wait.worked) / 1e6
      )
    })
  row.delaysAfter = groups.map { symbols, seconds in
    let values = seconds.sorted()
    var time = fitTimes(values) { durationText(roundedTime($0)) }
    if time.family != "empirical", time.family != "constant" {
      time.text = empirical(values)
      time.family = "empirical"
    }
    return DelayAfter(
      after: symbols.map { symbol in
        symbol == FlowContext.start
          ? "the beginning of a case"
          : chain.shapes[symbol].activities.map { data.activities[$0] }.joined(separator: " and ")
      }, time: time, symbols: symbols)
  }
}

/// The values themselves as a distribution, in the scenario language.
private func empirical(_ sorted: [Double]) -> String {
  "empirical " + groups(sorted).map { durationText(roundedTime($0)) }.joined(separator: " ")
}

/// How long a piece of work took, by whom and when.
struct WorkSample {
  var member: Int
  var seconds: Double
  var start: Int64
}
