import EventLogs
import Facts
import Statistics
import Testing

@testable import Calibration

/// What a log shows beyond flow, times and hours: each found where it is, and not where it is not.
@Suite("Batches, priorities, rules, hand-overs and holidays") struct DiscoveryTests {
  /// Numbers without order, the same in every run.
  private struct Numbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    /// In 0..<1.
    mutating func share() -> Double { Double(next() % 1_000_000) / 1_000_000 }
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  }

  /// Monday 2026-01-05, 00:00 UTC.
  private static let monday = 1_767_571_200
  private static let columns = "case,activity,resource,start,end,kind,amount\n"

  private func calibrated(_ rows: [String]) throws -> LogCalibration {
    let text = Self.columns + rows.joined(separator: "\n") + "\n"
    return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
  }

  // MARK: Holidays

  @Test("days on which nobody works among working weekdays are holidays, and no part of the hours")
  func holidays() throws {
    var rows: [String] = []
    // Ten weeks of weekdays with 16 pieces each, but for Wednesday of week 4 and Monday of week 6.
    for day in 0..<70 where day % 7 < 5 && day != 23 && day != 35 {
      for slot in 0..<16 {
        let start = Self.monday + day * 86_400 + 28_800 + slot * 1800
        rows.append("\(day)-\(slot),Check,Ann,\(start),\(start + 1799),a,1")
      }
    }
    // Begun on Tuesday of week 4 at 15:59:59, done on Thursday at 08:30: half an hour of work and a second.
    let late = Self.monday + 22 * 86_400 + 57_599
    rows.append("late,Repair,Bob,\(late),\(Self.monday + 24 * 86_400 + 30_600),a,1")
    let found = try calibrated(rows)
    let first = Self.monday / 86_400
    #expect(found.holidays == [first + 23, first + 35])
    let repair = try #require(found.activities.first { $0.name == "Repair" })
    #expect(repair.time.mean == 1801)
    #expect(found.remarks.contains { $0.contains("nobody worked on 2 days") })
    let text = found.scenarioText()
    #expect(text.contains("holidays: [2026-01-28, 2026-02-09]"))
    _ = try found.readBack()
  }

  @Test("a weekday that is often empty, and few cases a day, are no holidays")
  func noHolidays() {
    var random = Numbers(3)
    let day: Int64 = 86_400_000_000
    // On average one instant a day: e^−1 of the days are empty.
    let rare = (0..<100).map { _ in Int64(random.below(100)) * day }
    #expect(closedDays(rare).isEmpty)
    // Every other Wednesday.
    var weekly: [Int64] = []
    for number: Int64 in 0..<100 where number % 14 != 2 {
      weekly += [Int64](repeating: number * day, count: 30)
    }
    #expect(closedDays(weekly).isEmpty)
    #expect(closedDays([]).isEmpty)
  }

  /// Hours from 08:00 to 16:00 on weekdays, without the second Tuesday after 1970-01-05.
  @Test("working time goes around closed days")
  func closedDayArithmetic() {
    let hour: Int64 = 3_600_000_000
    let plain = WeeklyHours((0..<5).map { .init(open: $0 * 1440 + 480, close: $0 * 1440 + 960) })
    // 1970-01-05 was a Monday, day 4; day 12 is the Tuesday of the week after.
    let hours = plain.without([12])
    let monday = 11 * 24 * hour
    #expect(hours.work(from: monday, to: monday + 72 * hour) == 16 * hour)
    #expect(plain.work(from: monday, to: monday + 72 * hour) == 24 * hour)
    #expect(hours.next(from: monday + 16 * hour) == monday + 56 * hour)
    #expect(!hours.isOpen(at: monday + 34 * hour) && plain.isOpen(at: monday + 34 * hour))
    #expect(hours.instant(after: 2 * hour, from: monday + 15 * hour) == monday + 57 * hour)
    #expect(hours.instant(after: 1, from: monday + 16 * hour) == monday + 56 * hour + 1)
    #expect(WeeklyHours.always.without([12]).isAlways)
    for amount in [hour, 7 * hour, 20 * hour] {
      let end = hours.instant(after: amount, from: monday + 11 * hour)
      #expect(hours.work(from: monday + 11 * hour, to: end) == amount)
    }
  }

  // MARK: Batches

  /// Cases every 10 min; a packer takes four at a time, 6 min for each case and 12 min for the batch, so 36 min a
  /// batch of 40 min.
  private func batchRows(together: Bool) -> [String] {
    var rows: [String] = []
    for index in 0..<160 {
      let arrival = Self.monday + (index / 40) * 86_400 + 28_800 + (index % 40) * 600
      rows.append(
        "\(index),Check,Ann,\(arrival),\(arrival + 60),\(index % 4 == 3 ? "a" : "b"),\(index)")
      let last = arrival + (3 - index % 4) * 600 + 60
      let start = together ? last : last + index % 4 * 500
      rows.append("\(index),Pack,Bob,\(start),\(start + (together ? 2160 : 400)),a,1")
    }
    return rows
  }

  @Test("cases that one person begins and ends together are a batch")
  func batches() throws {
    let found = try calibrated(batchRows(together: true))
    let pack = try #require(found.activities.first { $0.name == "Pack" })
    let batch = try #require(pack.batch)
    #expect(batch.size == 4 && batch.wait == nil && batch.count == 40)
    #expect(batch.share.estimate == 1 && batch.pValue < 1e-6)
    // One size tells nothing of the part of each: 36 min are 9 min a case.
    #expect(batch.setup == 0 && batch.setupInterval == nil)
    #expect(pack.time.mean == 540)
    #expect(found.remarks.contains { $0.contains("all batches of Pack are of one size") })
    // Waiting for the batch is explained by it, and its person does one thing at a time.
    #expect(pack.delay == nil)
    #expect(found.teams.allSatisfy { $0.limit == 1 })
    #expect(found.activities.first { $0.name == "Check" }?.batch == nil)
    let text = found.scenarioText()
    #expect(text.contains("size: 4 cases"))
    _ = try found.readBack()
  }

  @Test("work one after the other is no batch")
  func noBatches() throws {
    let found = try calibrated(batchRows(together: false))
    #expect(found.activities.allSatisfy { $0.batch == nil })
  }

  @Test("what is alike in all batches, and not among all cases, is their key")
  func keyOfBatches() throws {
    var rows: [String] = []
    // Every ten minutes a case, of segment a and b in turn; each batch has the last three of a segment.
    for index in 0..<180 {
      let segment = index % 2
      let arrival = Self.monday + (index / 36) * 86_400 + 28_800 + (index % 36) * 600
      let place = index / 2 % 3
      rows.append("\(index),Check,Ann,\(arrival),\(arrival + 60),\(segment == 0 ? "x" : "y"),1")
      let start = arrival + (2 - place) * 1200 + 60
      rows.append(
        "\(index),Pack,Bob\(segment),\(start),\(start + 900),\(segment == 0 ? "x" : "y"),1")
    }
    let found = try calibrated(rows)
    let batch = try #require(found.activities.first { $0.name == "Pack" }?.batch)
    #expect(batch.size == 3 && batch.same == "kind")
    #expect(found.attributes.map(\.name) == ["kind"])
    _ = try found.readBack()
  }

  // MARK: Priorities

  /// One clerk, cases in bursts of twelve at distances of a minute, 10 min each; `gold` cases first where said so.
  private func queueRows(_ goesFirst: (Double, String) -> Bool) -> [String] {
    var rows: [String] = []
    var random = Numbers(11)
    for burst in 0..<40 {
      let begin = Self.monday + (burst / 2) * 86_400 + 28_800 + (burst % 2) * 14_400
      let cases = (0..<12).map { place -> (id: String, time: Int, kind: String, amount: Double) in
        let kind = ["gold", "plain", "plain"][random.below(3)]
        return ("\(burst)-\(place)", begin + place * 60, kind, 1 + Double(random.below(900)) / 10)
      }
      for item in cases {
        rows.append("\(item.id),Enter,,\(item.time),\(item.time),\(item.kind),\(item.amount)")
      }
      var waiting = cases
      var at = begin
      while !waiting.isEmpty {
        let there = waiting.filter { $0.time <= at }
        guard let oldest = there.first else {
          at = waiting[0].time
          continue
        }
        let chosen = there.first { goesFirst($0.amount, $0.kind) } ?? oldest
        rows.append(
          "\(chosen.id),Serve,Ann,\(at),\(at + 600),\(chosen.kind),\(chosen.amount)")
        waiting.removeAll { $0.id == chosen.id }
        at += 600
      }
    }
    return rows
  }

  @Test("cases of a category that overtake are more urgent")
  func priorities() throws {
    let found = try calibrated(queueRows { _, kind in kind == "gold" })
    let priority = try #require(found.priority)
    #expect(priority.attribute == "kind")
    #expect(priority.rules == [.init(condition: "kind = \"plain\"", urgency: 1)])
    #expect(priority.pValue < 0.001 && priority.reverse.count == 0 && priority.overtakes >= 10)
    #expect(found.scenarioText().contains("- when: \"kind = \\\"plain\\\"\""))
    _ = try found.readBack()
  }

  @Test("cases above a number that overtake are more urgent")
  func numberPriorities() throws {
    let found = try calibrated(queueRows { amount, _ in amount > 46 })
    let priority = try #require(found.priority)
    #expect(priority.attribute == "amount" && priority.rules.count == 1)
    // The twentieths of 90 values lie 4.5 apart.
    let words = priority.rules[0].condition.split(separator: " ")
    #expect(words[1] == "<=" && abs((Double(words[2]) ?? 0) - 46) < 5)
    _ = try found.readBack()
  }

  @Test("in order of arrival, and in any order, nothing is more urgent")
  func noPriorities() throws {
    #expect(try calibrated(queueRows { _, _ in false }).priority == nil)
    var random = Numbers(5)
    #expect(try calibrated(queueRows { _, _ in random.below(4) == 0 }).priority == nil)
  }

  // MARK: Rules

  /// Check, then Audit for amounts above 50 with a probability of 90 %, for others of 10 %; where the amount does
  /// not decide, of 50 % for all.
  private func choiceRows(decides: Bool) -> [String] {
    var random = Numbers(17)
    var rows: [String] = []
    for index in 0..<600 {
      let amount = Double(random.below(1000)) / 10
      let kind = ["x", "y", "z"][random.below(3)]
      let isAudited = random.share() < (!decides ? 0.5 : amount > 50 ? 0.9 : 0.1)
      let start = Self.monday + index * 1800
      rows.append("\(index),Check,Ann,\(start),\(start + 300),\(kind),\(amount)")
      let next = isAudited ? "Audit" : "Close"
      rows.append("\(index),\(next),Bob,\(start + 300),\(start + 900),\(kind),\(amount)")
    }
    return rows
  }

  @Test("a gateway where an attribute decides has a rule, with shares behind it")
  func rules() throws {
    let found = try calibrated(choiceRows(decides: true))
    let rule = try #require(found.process.rules.first)
    #expect(found.process.rules.count == 1 && rule.rule.pValue < 0.001 && rule.rule.gain > 0)
    #expect(found.attributes.map(\.name) == ["amount"] && found.attributes[0].isNumber)
    let words = rule.rule.leaves[0].condition?.split(separator: " ") ?? []
    #expect(words.prefix(2) == ["amount", "<="])
    // Of 31 places 3.2 apart that are tried one is next to 50.
    #expect(abs((Double(words.last ?? "") ?? 0) - 50) < 5)
    #expect(rule.rule.leaves.last?.condition == nil)
    // Ways: 10 % below, 90 % above, within 3.5 standard errors; next to 50 the parts may be mixed.
    for branch in found.branches where branch.total >= 100 {
      let share = Double(branch.count) / Double(branch.total)
      let near = 3.5 * 0.3 / Double(branch.total).squareRoot()
      #expect(abs(share - 0.1) < near || abs(share - 0.9) < near, "\(branch)")
    }
    let again = try found.readBack().calibration(seed: 1)
    // Half of the cases are audited: of two weeks' 672 within 3.5 standard errors.
    let audited = try #require(again.activities.first { $0.name == "Audit" })
    #expect(abs(audited.cases.estimate - 0.5) < 3.5 * 0.5 / Double(again.caseCount).squareRoot())
  }

  @Test("where attributes decide nothing, shares are plain")
  func noRules() throws {
    let found = try calibrated(choiceRows(decides: false))
    #expect(found.process.rules.isEmpty && found.attributes.isEmpty)
  }

  @Test("a value that an activity gives is given by it, and decides behind it")
  func rulesOfResults() throws {
    var random = Numbers(23)
    var rows: [String] = []
    for index in 0..<400 {
      let result = random.below(2) == 0 ? "good" : "bad"
      let start = Self.monday + index * 1800
      rows.append("\(index),Enter,Ann,\(start),\(start + 60),,1")
      rows.append("\(index),Check,Ann,\(start + 60),\(start + 300),\(result),1")
      let next = result == "good" ? "Pay" : "Refuse"
      rows.append("\(index),\(next),Bob,\(start + 300),\(start + 900),\(result),1")
    }
    let found = try calibrated(rows)
    let check = try #require(found.activities.first { $0.name == "Check" })
    #expect(check.sets.count == 1 && check.sets[0].count == 400)
    let rule = try #require(found.process.rules.first)
    #expect(
      rule.rule.leaves.contains {
        $0.condition == "kind = \"good\"" || $0.condition == "kind = \"bad\""
      })
    #expect(found.scenarioText().contains("sets:"))
    let again = try found.readBack().calibration(seed: 1)
    let paid = try #require(again.activities.first { $0.name == "Pay" })
    #expect(abs(paid.cases.estimate - 0.5) < 0.15)
  }

  // MARK: Hand-overs

  /// Ann, Bob and Cid check; the same person goes on, or anybody.
  private func handOverRows(staysWith: Bool) -> [String] {
    var random = Numbers(29)
    var rows: [String] = []
    for index in 0..<300 {
      let start = Self.monday + (index / 30) * 86_400 + 28_800 + (index % 30) * 900
      let first = ["Ann", "Bob", "Cid"][random.below(3)]
      let second =
        staysWith && random.below(10) < 8 ? first : ["Ann", "Bob", "Cid"][random.below(3)]
      rows.append("\(index),Check,\(first),\(start),\(start + 120),a,1")
      rows.append("\(index),Decide,\(second),\(start + 120),\(start + 400),a,1")
    }
    return rows
  }

  @Test("hand-overs from person to person are told from those to whoever is free")
  func handOvers() throws {
    let personal = try calibrated(handOverRows(staysWith: true))
    let item = try #require(personal.handOvers.first)
    #expect(item.isPersonal && item.count == 300)
    // 80 % and a third of the rest.
    #expect(item.samePerson.contains(0.8 + 0.2 / 3) && abs(item.expectedSamePerson - 1 / 3.0) < 0.1)
    #expect(personal.remarks.contains { $0.contains("goes from person to person") })
    let central = try calibrated(handOverRows(staysWith: false))
    #expect(central.handOvers.first?.isPersonal == false)
    #expect(!central.remarks.contains { $0.contains("goes from person to person") })
  }
}
