import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("speed of the audit", .serialized)
struct AuditSpeedTests {
  /// Under 2 s with optimisation, which a debug build has not; a quadratic check would take minutes.
  @Test("2,000 systems and 6,000 connections are audited in seconds", .timeLimit(.minutes(1)))
  func large() {
    let estate = randomEstate(systems: 2_000, connections: 6_000, seed: 7).estate
    let clock = ContinuousClock()
    var findings = 0
    let elapsed = clock.measure {
      findings = audit(estate: estate, graph: IntegrationGraph(estate)).findings.count
    }
    #expect(findings > 1_000)
    #expect(elapsed < .seconds(40))
  }
}
