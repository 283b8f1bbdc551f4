import Facts
import Foundation
import Inventory
import Testing

@Suite("The head of a document")
struct DocumentHeadTests {
  private func head(_ unknowns: [[String]]) -> DocumentHead {
    var fragment = EstateFragment()
    for (number, texts) in unknowns.enumerated() {
      var system = AutomationSystem(
        name: "S\(number)", source: Evidence(.imported, SourceLocation(path: "a.yaml")))
      system.unknowns = texts
      fragment.systems.append(system)
    }
    return DocumentHead(
      SourceDocument(
        path: "a.yaml", format: "crewai", status: .partial, digest: "0", fragment: fragment))
  }

  @Test("counts all that cannot be told and names each thing once, at most eight")
  func limits() {
    let twice = head([["tools", "crews"], ["tools"]])
    #expect(twice.unknowns == 3)
    #expect(twice.limits == ["tools", "crews"])
    #expect(head([(1...20).map { "thing \($0)" }]).limits.count == 8)
    #expect(head([[]]).limits.isEmpty)
  }

  @Test("is read as it was written, and as a version wrote it that named no limits")
  func reading() throws {
    let head = head([["tools"]])
    let bytes = try JSONEncoder().encode(head)
    #expect(try JSONDecoder().decode(DocumentHead.self, from: bytes) == head)
    var object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    object["limits"] = nil
    let old = try JSONDecoder().decode(
      DocumentHead.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(old.limits.isEmpty)
    #expect(old.unknowns == 1)
  }
}
