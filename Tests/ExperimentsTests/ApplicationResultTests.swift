import EventEngine
import Experiments
import Simulation
import SimulationTestSupport
import Testing

@Suite("Results of applications and outages") struct ApplicationResultTests {
  @Test("uses, waits, occupancy, downtime and repairs are reported, and repairs are paid for")
  func applications() async throws {
    var design = try twoVariants(slower: 300, replications: 6)
    let plain = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    #expect(plain.variants.allSatisfy { $0.applications.isEmpty && $0.downtimes.isEmpty })
    for index in design.variants.indices {
      design.variants[index].model.stack.applications = [ApplicationModel(name: "core")]
      design.variants[index].model.stack.activities[0].touches = [TouchModel(application: 0)]
      design.variants[index].model.stack.teams.append(
        TeamModel(name: "fixers", people: [.init(calendar: 0, hourlyCost: 90e6)]))
    }
    // Down for a tenth of the time that both are at work, and one at a time.
    design.variants[1].model.stack.applications[0].concurrent = 1
    design.variants[1].model.stack.applications[0].outages = OutageModel(
      every: .exponential(mean: 9 * 3600), repair: .exponential(mean: 3600), repairTeam: 1)
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    let (free, limited) = (study.variants[0], study.variants[1])
    let core = try #require(free.applications.first)
    #expect(core.name == "core" && core.waitedShare == 0 && core.occupancy == nil)
    // Each case uses it once; some uses of the horizon's last cases fall after it.
    #expect(core.usesPerHundred > 98 && core.usesPerHundred <= 100)
    // No hour has more calls than there are, and some hour has at least its share of them.
    let uses = core.usesPerHundred / 100 * free.casesArrived
    let hours = Double(design.variants[0].model.timeline.horizon) / 3.6e9
    #expect(core.busiestHourCalls.mean >= uses / hours && core.busiestHourCalls.mean <= uses)
    #expect(free.downtimes.isEmpty)
    let scarce = try #require(limited.applications.first)
    #expect(scarce.occupancy == scarce.inUse)
    #expect((scarce.waitedShare ?? 0) > 0)
    let down = try #require(limited.downtimes.first)
    #expect(down.kind == .application && down.outages > 10)
    // Repairs wait for the fixer's eight hours of the day: down far longer than a tenth.
    #expect(down.downShare.mean > 0.1)
    let repairs = limited.costStack.first { $0.component == "repairs" }
    #expect((repairs?.perCase ?? 0) > 0)
    #expect(!free.costStack.contains { $0.component == "repairs" })
    // All components together are the cost per case.
    let sum = limited.costStack.reduce(0) { $0 + $1.perCase }
    let total = try #require(limited.figure(.costPerCase))
    #expect(abs(sum - total.mean) < 1e-6)
  }
}
