import Auditing
import EstateTestSupport
import IntegrationGraph
import Inventory
import Testing

/// What the map marks as sensitive.
@Suite struct SensitiveDataTests {
  private var graph: IntegrationGraph {
    var builder = EstateBuilder()
    for name in ["A", "B"] { builder.system(name, kind: .rpa) }
    builder.connect(.invokes, .system("A"), .system("B"), data: ["IBAN", "date of birth"])
    builder.connect(.reads, .system("B"), .data("Patient list"))
    builder.connect(.writes, .system("A"), .data("weather"))
    return IntegrationGraph(builder.estate)
  }

  @Test func whatIsNamedOnAnEdgeOrStandsAtItsEndCounts() {
    let found = sensitiveData(in: graph)
    let classes = graph.edges.map { found[$0.id] ?? [] }
    #expect(Set(classes) == [["personal data", "payment data"], ["health data"], []])
  }

  @Test func thePolicySaysWhatIsSensitive() {
    var policy = AuditPolicy()
    policy.dataClasses = [
      DataClass(name: "forecasts", words: ["weather"]),
      DataClass(name: "health data", words: ["patient*"], sensitive: false),
    ]
    #expect(Array(sensitiveData(in: graph, by: policy).values) == [["forecasts"]])
  }
}
