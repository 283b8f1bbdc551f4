import EventEngine
import Simulation
import Statistics
import Testing

@Test func quickMM1() throws {
  let model = try queueModel(
    rate: 0.9, servers: 1, service: .exponential(mean: 1), runIn: 5_000 * second,
    horizon: 100_000 * second)
  var sum = 0.0
  let clock = ContinuousClock()
  var ev = 0
  let t = try clock.measure {
    for r in 0..<20 {
      let record = try runReplication(of: model, seed: 7, replication: r)
      ev += record.eventCount
      sum += Double(record.cohorts[0].restrictedTime) / Double(record.cohorts[0].arrived) / 1e6
    }
  }
  print(
    "W", sum / 20, "events", ev, t,
    Double(ev) / (Double(t.components.seconds) + Double(t.components.attoseconds) / 1e18))
}
