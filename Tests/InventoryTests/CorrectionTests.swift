import Facts
import Foundation
import Inventory
import Testing

@Suite("Corrections")
struct CorrectionTests {
  private let files = [
    document("register.csv") {
      $0.systems = [system("Bot", "register.csv", .declared, aliases: ["B-1"], owner: "Ada")]
    }
  ]

  private func correction(
    _ system: String, _ field: Correction.Field, _ value: String
  ) throws -> Correction {
    try Correction(system: system, field: field, value: value, author: "Grace", date: "2026-01-02")
  }

  @Test("a correction outranks what files say, and the losing fact stays")
  func outranks() throws {
    let estate = Estate(merging: files, corrections: [try correction("b-1", .owner, "Grace")])
    let owner = try #require(estate.systems.first?.owner)
    #expect(owner.value == "Grace")
    #expect(owner.winner?.evidence.provenance == .corrected)
    #expect(owner.winner?.evidence.note == "by Grace, 2026-01-02")
    #expect(owner.dissent.map(\.value) == ["Ada"])
  }

  @Test("of several corrections of one field the last counts")
  func lastCounts() throws {
    let estate = Estate(
      merging: files,
      corrections: [try correction("Bot", .owner, "A"), try correction("bot", .owner, "B")])
    #expect(estate.systems.first?.owner.facts.map(\.value) == ["B", "Ada"])
  }

  @Test("a correction of a system no file speaks of is kept aside")
  func unapplied() throws {
    let orphan = try correction("Nobody", .owner, "Grace")
    #expect(Estate(merging: files, corrections: [orphan]).unappliedCorrections == [orphan])
  }

  @Test(
    "every field can be corrected with a value of its kind", arguments: Correction.Field.allCases)
  func everyField(field: Correction.Field) throws {
    let values: [Correction.Field: String] = [
      .kind: "agent", .status: "pilot", .criticality: "high", .failureRate: "3 %",
      .volume: "40/h",
    ]
    let before = Estate(merging: files)
    let after = Estate(
      merging: files, corrections: [try correction("Bot", field, values[field] ?? "words")])
    #expect(before.systems != after.systems)
  }

  @Test("a value that does not fit its field is refused, also when read back")
  func refused() throws {
    for (field, value) in [
      (Correction.Field.kind, "robot"), (.failureRate, "often"), (.volume, "many"), (.owner, " "),
    ] {
      #expect(throws: CorrectionError.self) { try correction("Bot", field, value) }
    }
    let stored = try JSONEncoder().encode(correction("Bot", .kind, "agent"))
    #expect(throws: CorrectionError.self) {
      let text = String(decoding: stored, as: UTF8.self).replacing("agent", with: "robot")
      return try JSONDecoder().decode(Correction.self, from: Data(text.utf8))
    }
  }
}
