import Facts
import Foundation
import Inventory
import Testing

@testable import Importing

@Suite("Credentials and people in imported files")
struct PrivacyTests {
  private static let card = """
    {"name": "Claims Agent",
     "description": "Ask ada@example.com; token Bearer abcdefghij0123456789",
     "url": "https://u:p4ss@agents.example/a2a", "capabilities": {},
     "provider": {"organization": "Ada Example"},
     "skills": [{"id": "s", "name": "Ask Ada Example"}]}
    """

  @Test("values of credentials are counted and kept nowhere")
  func dropped() throws {
    let document = try #require(imported(["card.json": Self.card]).first)
    let stored = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
    #expect(!stored.contains("abcdefghij0123456789"))
    #expect(!stored.contains("p4ss"))
    let problem = try #require(document.problems.first)
    #expect(problem.severity == .info)
    #expect(problem.location.line == 2)
    #expect(
      problem.message.hasPrefix(
        "2 values look like a credential (1 × access key, 1 × signed address); none is kept."))
    #expect(document.status == .imported)
  }

  @Test("problems, which end up in logs, name no mail address")
  func logs() {
    #expect(withoutAddresses("sent by ada.b@mail.example.com.") == "sent by [address].")
    #expect(withoutAddresses("@mention, a@b, x @ y, @{f()}") == "@mention, a@b, x @ y, @{f()}")
    #expect(withoutAddresses("a@x.de,b@y.org") == "[address],[address]")
  }

  @Test("people give way to pseudonyms everywhere, the same in every file")
  func people() throws {
    let documents = imported([
      "card.json": Self.card,
      "r.csv":
        "Name,Owner,Volume,Failure rate,Purpose\nBot,Ada Example,1 per day,3 %,for ada@example.com\n",
    ])
    let pseudonyms = Pseudonyms(for: documents)
    let ada = pseudonyms.pseudonym(of: "Ada Example")
    let estate = Estate(merging: documents.map(pseudonyms.replacing(in:)))
    let stored = String(decoding: try JSONEncoder().encode(estate), as: UTF8.self)
    #expect(!stored.contains("Ada"))
    #expect(!stored.contains("ada@"))
    #expect(estate.system(named: "Bot")?.owner.value == ada)
    #expect(estate.system(named: "Claims Agent")?.creator.value == ada)
    #expect(estate.steps.first?.name == "Ask \(ada)")
    // What is replaced stays as it is when it is replaced again.
    let again = documents.map(pseudonyms.replacing(in:))
    #expect(again.map(Pseudonyms(for: again).replacing(in:)) == again)
    #expect(Pseudonyms(for: documents, key: "k").pseudonym(of: "Ada Example") != ada)
  }

  @Test("corrections lose their people too, and stay valid")
  func corrections() throws {
    let correction = try Correction(
      system: "Bot", field: .owner, value: "Ada Example", author: "Bo Example", date: "2026-01-02")
    let pseudonyms = Pseudonyms(for: [], corrections: [correction])
    let replaced = pseudonyms.replacing(in: correction)
    let owner = pseudonyms.pseudonym(of: "Ada Example")
    #expect(replaced.action == .set(system: "Bot", field: .owner, value: owner))
    #expect(replaced.author == pseudonyms.pseudonym(of: "Bo Example"))
  }
}
