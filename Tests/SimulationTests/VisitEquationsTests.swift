import Testing

@testable import Simulation

@Suite("Equations of visits") struct VisitEquationsTests {
  /// start → a ⇄ b, of which b goes back to a but once in 20,000 times: each is passed 20,000 times.
  @Test("a loop that is hardly ever left is passed as often as its share says")
  func rareExit() throws {
    var equations = VisitEquations(count: 3)
    equations.add(start: 1, to: 0)
    equations.add(1, from: 0, to: 1)
    equations.add(0.99995, from: 1, to: 0)
    equations.add(0.00005, from: 1, to: 2)
    let visits = try #require(equations.solution())
    #expect(abs(visits[0] / 20_000 - 1) < 1e-9 && abs(visits[1] / 20_000 - 1) < 1e-9)
    #expect(abs(visits[2] - 1) < 1e-9)
  }

  @Test("a loop that is never left has no solution, whether through others or through itself")
  func endless() {
    var circle = VisitEquations(count: 2)
    circle.add(start: 1, to: 0)
    circle.add(1, from: 0, to: 1)
    circle.add(1, from: 1, to: 0)
    #expect(circle.solution() == nil)
    var own = VisitEquations(count: 1)
    own.add(start: 1, to: 0)
    own.add(1, from: 0, to: 0)
    #expect(own.solution() == nil)
  }

  /// Dense flows go as a table, thin ones by elimination: both satisfy the equations.
  @Test("the solution satisfies the equations", arguments: [(40, 2), (60, 40), (400, 3)])
  func satisfies(count: Int, fan: Int) throws {
    var state: UInt64 = 11
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var equations = VisitEquations(count: count)
    var edges: [(source: Int, target: Int, weight: Double)] = []
    for source in 0..<count {
      for _ in 0..<fan {
        // A token goes on with 95 % altogether.
        edges.append((source, below(count), 0.95 / Double(fan)))
      }
    }
    equations.add(start: 1, to: 0)
    for edge in edges { equations.add(edge.weight, from: edge.source, to: edge.target) }
    let visits = try #require(equations.solution())
    var right = [Double](repeating: 0, count: count)
    right[0] = 1
    for edge in edges { right[edge.target] += edge.weight * visits[edge.source] }
    #expect(zip(visits, right).allSatisfy { abs($0 - $1) < 1e-9 * max(1, $1) })
    // Every visit but the last of twenty goes on: 1 / 0.05 of them.
    #expect(abs(visits.reduce(0, +) - 20) < 1e-6)
  }
}
