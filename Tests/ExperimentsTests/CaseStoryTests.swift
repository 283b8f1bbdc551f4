import EventEngine
import Experiments
import Simulation
import SimulationTestSupport
import Testing

@Suite("The story of a case") struct CaseStoryTests {
  private let minute: Int64 = 60_000_000

  /// One clerk at 60 EUR an hour around the clock, a case every ten minutes from 10 min on, 15 min of work
  /// each; the first four count.
  private func clerk() throws -> SimulationModel {
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(15 * 60), runIn: 0,
      horizon: 40 * minute, pattern: .regular)
    model.stack.teams[0].people = [.init(calendar: 0, hourlyCost: 60e6)]
    model.timeline.caseLimit = 4
    model.timeline.followUp = Timeline.endless
    return model
  }

  private func story(
    _ number: Int, of model: SimulationModel, seed: UInt64 = 1
  ) throws -> (story: CaseStory, record: ReplicationRecord, trace: CaseTraceObserver) {
    var observer = CaseTraceObserver(following: UInt32(number))
    let record = try runReplication(of: model, seed: seed, replication: 0, trace: &observer)
    let variant = StudyVariant(name: "v", title: "V", mix: "", orchestrationLevel: 0, model: model)
    let story = CaseStory(
      of: number, in: observer, replication: 0, variant: variant, currency: "EUR")
    return (try #require(story), record, observer)
  }

  /// Cases arrive at 10, 20, 30 and 40 min and take 15 min: they begin at 10, 25, 40 and 55 min.
  ///
  /// So the fourth waits from 40 to 55 min; when it comes, the third is begun in the same instant or waits
  /// for it. 15 min cost 15 EUR.
  @Test("says when it waited and why, who worked on it, and what that cost")
  func clerkStory() throws {
    let (story, _, _) = try story(4, of: try clerk())
    #expect(story.outcome == .completed)
    #expect(story.arrived == 40 * minute && story.ended == 70 * minute)
    #expect(story.cost == 15_000_000)
    let waited = try #require(story.entries.first { $0.kind == .waited })
    #expect(waited.from == 40 * minute && waited.to == 55 * minute)
    #expect(waited.causes.map(\.cause) == [.teamBusy])
    let worked = try #require(story.entries.first { $0.kind == .worked })
    #expect(worked.from == 55 * minute && worked.to == 70 * minute && worked.work == .task)
    #expect(story.time.map(\.time) == [15 * minute, 15 * minute])
    #expect(Set(story.time.map(\.use)) == [.people, .waiting(.teamBusy)])
    #expect(story.costs.map(\.component) == [.tasks])
    #expect(story.costs.map(\.amount) == [15_000_000])
  }

  /// The shift is from 0 to 50 min of each day of 24 h: the fourth case comes at 40 min, and its turn at
  /// 55 min is ten minutes into the next shift, a day after 5 min.
  ///
  /// Work done: case 1 from 10 to 25, case 2 to 40, case 3 to 50 and, with the 5 min that are left, from
  /// 1440 to 1445 min. So case 4 waits 10 min for a busy clerk, 1390 min for the shift, 5 min again for the
  /// clerk, and is done at 1460 min.
  @Test("tells hours in which nobody is on shift from those in which all are busy")
  func shifts() throws {
    var model = try clerk()
    let shift = WorkCalendar(
      (0..<4).map { day in
        (open: Int64(day) * 1440 * minute, close: (Int64(day) * 1440 + 50) * minute)
      })
    model.calendars.append(shift)
    model.stack.teams[0].people = [
      .init(calendar: model.calendars.count - 1, hourlyCost: 60e6)
    ]
    let (story, _, _) = try story(4, of: model)
    #expect(story.ended == 1460 * minute)
    let waited = try #require(story.entries.first { $0.kind == .waited })
    #expect(waited.causes.map(\.cause) == [.shiftClosed, .teamBusy])
    #expect(waited.causes.map(\.time) == [1390 * minute, 15 * minute])
    #expect(story.time.reduce(0) { $0 + $1.time } == story.cycleTime)
  }

  /// All that is charged to cases is in the traces, and their times are those that the record sums up.
  @Test(
    "sums equal what the replication recorded, and looking changes nothing",
    arguments: 0..<60 as Range<UInt64>)
  func sums(seed: UInt64) throws {
    let model = try generatedModel(seed: seed, usesAllElements: seed % 2 == 1)
    var observer = CaseTraceObserver(following: nil)
    let record = try runReplication(of: model, seed: seed, replication: 0, trace: &observer)
    #expect(try runReplication(of: model, seed: seed, replication: 0) == record)
    #expect(observer.entries.reduce(0) { $0 + $1.cost } == record.totalCost)

    let counted = observer.entries.indices.filter {
      let arrival = observer.entries[$0].arrival
      return arrival >= 0 && (model.timeline.caseLimit != nil || arrival < model.timeline.horizon)
    }.prefix(model.timeline.caseLimit ?? .max)
    #expect(counted.count == record.cohorts.reduce(0) { $0 + $1.arrived })
    let followUp = model.timeline.followUp
    let restricted = counted.reduce(Int128(0)) { sum, index in
      let entry = observer.entries[index]
      let time = entry.isAbandoned ? nil : entry.end.map { $0 - entry.arrival }
      return sum + Int128(min(time ?? followUp, followUp))
    }
    #expect(restricted == record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime })

    for index in [counted.first, counted.dropFirst(counted.count / 2).first, counted.last] {
      guard let index else { continue }
      let (story, again, _) = try story(index + 1, of: model, seed: seed)
      #expect(again == record)
      #expect(story.cost == observer.entries[index].cost)
      #expect(story.costs.reduce(0) { $0 + $1.amount } == story.cost)
      #expect(story.time.reduce(0) { $0 + $1.time } == story.cycleTime)
      #expect(story.time.allSatisfy { $0.time > 0 })
      #expect(story.entries.allSatisfy { $0.from <= $0.to })
      for waited in story.entries where waited.kind == .waited {
        #expect(waited.causes.reduce(0) { $0 + $1.time } == waited.to - waited.from)
      }
    }
  }
}
