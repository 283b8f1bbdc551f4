import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

@testable import Auditing

@Suite("speed of the audit", .serialized)
struct AuditSpeedTests {
  /// The promise is 2 s on an idle machine with optimisation; twice that is allowed for company, and a
  /// debug build takes what it takes, as long as nothing is quadratic that need not be.
  @Test("2,000 systems and 6,000 connections are audited in seconds", .timeLimit(.minutes(4)))
  func large() {
    let estate = randomEstate(systems: 2_000, connections: 6_000, seed: 7).estate
    var findings = 0
    let elapsed = ContinuousClock().measure {
      findings = audit(estate: estate, graph: IntegrationGraph(estate)).findings.count
    }
    #expect(findings > 1_000)
    #if DEBUG
      let limit = Duration.seconds(120)
    #else
      let limit = Duration.seconds(4)
    #endif
    #expect(elapsed < limit)
  }
}
