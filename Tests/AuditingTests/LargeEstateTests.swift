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
}
