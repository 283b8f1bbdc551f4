import DocumentReading
import Testing

@testable import Auditing

@Suite("Busiest hours from the results of a study") struct SimulatedLoadTests {
  private func read(_ text: String) throws -> [SimulatedLoad] {
    try readSimulatedLoads(Array(text.utf8), path: "study.json")
  }

  private func message(_ text: String) -> String {
    do {
      return "\(try read(text))"
    } catch { return "\(error)" }
  }

  @Test("a comparison gives those of all variants, a simulation of its one")
  func variants() throws {
    let compared = try read(
      """
      { "replications": 20, "variants": {
        "as-is": { "applications": [{ "name": "Core", "busiestHourCalls": { "mean": 12.5 } }] },
        "agents": { "applications": [{ "name": "Core", "busiestHourCalls": { "mean": 90 } }] },
        "none": {} } }
      """)
    #expect(compared.map(\.peakCallsPerHour) == [12.5, 90])
    #expect(compared.map(\.application) == ["Core", "Core"])
    #expect(compared[1].source == "study.json, variant 'agents', mean of 20 replications")
    let simulated = try read(
      """
      { "name": "as-is", "replications": 1, "variant": {
        "applications": [{ "name": "Core", "busiestHourCalls": { "mean": 7 } }] } }
      """)
    #expect(simulated.map(\.peakCallsPerHour) == [7])
    #expect(simulated[0].source == "study.json, variant 'as-is', mean of 1 replication")
  }

  @Test(
    "what is no study, or says nothing of applications, is refused with what to do",
    arguments: [
      ("{}", "rehearse compare SCENARIO --format json"),
      (#"{ "findings": [], "checks": [] }"#, "this is not what a study wrote"),
      (#"{ "variants": { "a": {} }, "replications": 3 }"#, "no variant of this study uses"),
      (
        #"{ "variants": { "a": { "applications": [{ "name": "x" }] } }, "replications": 3 }"#,
        "with this version of Rehearse"
      ),
      (
        #"{ "variant": { "applications": [{ "name": "x", "busiestHourCalls": { "mean": -1 } }] }, "replications": 3 }"#,
        "busiestHourCalls"
      ),
      ("{ \"variants\": ", "study.json"),
    ])
  func refused(text: String, expected: String) {
    #expect(message(text).contains(expected), "\(message(text))")
  }
}
