import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("A large estate")
struct LargeEstateTests {
  /// Nothing may be quadratic that need not be: the limit is far above what is needed and only stops a
  /// test that would run for hours.
  @Test("2,000 systems and 6,000 connections are audited to the end", .timeLimit(.minutes(10)))
  func large() {
    let estate = randomEstate(systems: 2_000, connections: 6_000, seed: 7).estate
    let findings = audit(estate: estate, graph: IntegrationGraph(estate)).findings
    #expect(findings.count > 1_000)
  }

  /// Steps, permissions, decisions, triggers, processes and people as well, so that no check is spared.
  @Test("5,000 systems and 20,000 connections are audited to the end", .timeLimit(.minutes(10)))
  func largest() {
    let estate = largeEstate(systems: 5_000, connections: 20_000, seed: 11)
    let graph = IntegrationGraph(estate)
    let clock = ContinuousClock()
    let start = clock.now
    let report = audit(estate: estate, graph: graph)
    // Shown, not asserted: machines differ.
    print("audit of 5,000 systems and 20,000 connections: \(clock.now - start)")
    #expect(report.findings.count > 1_000)
    #expect(report.assessments.count == Assessment.all.count)
  }
}
