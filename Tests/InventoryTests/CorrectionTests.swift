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
      .volume: "40/h", .runTime: "1 h 30 min",
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
      (.runTime, "long"),
    ] {
      #expect(throws: CorrectionError.self) { try correction("Bot", field, value) }
    }
    let stored = try JSONEncoder().encode(correction("Bot", .kind, "agent"))
    #expect(throws: CorrectionError.self) {
      let text = String(decoding: stored, as: UTF8.self).replacing("agent", with: "robot")
      return try JSONDecoder().decode(Correction.self, from: Data(text.utf8))
    }
  }

  @Test("a correction that an earlier version stored is read")
  func firstVersion() throws {
    let stored =
      #"{"author":"Grace","date":"2026-01-02","field":"owner","system":"Bot","value":"A"}"#
    let read = try JSONDecoder().decode(Correction.self, from: Data(stored.utf8))
    #expect(try read == correction("Bot", .owner, "A"))
  }

  @Test("every kind of correction is read back as it was stored")
  func stored() throws {
    let selection = StatementSelection(documents: ["a/"], names: ["X"])
    let actions: [Correction.Action] = [
      .set(system: "Bot", field: .runTime, value: "90 s"), .merge(.team, names: ["A", "B"]),
      .split(system: "Bot", selection: selection, into: "Other"),
      .alias(.application, name: "SAP", alias: "ERP"), .unalias(.system, name: "Bot", alias: "B-1"),
    ]
    for action in actions {
      let correction = try Correction(action, author: "Grace", date: "2026-01-02")
      let back = try JSONDecoder().decode(
        Correction.self, from: try JSONEncoder().encode(correction))
      #expect(back == correction)
    }
  }

  @Test(
    "what says nothing is refused",
    arguments: [
      Correction.Action.merge(.system, names: ["A", "a"]), .merge(.data, names: ["A", "B"]),
      .split(system: "A", selection: StatementSelection(), into: "B"),
      .split(system: "A", selection: StatementSelection(names: ["A"]), into: " "),
      .alias(.system, name: "A", alias: "a"), .unalias(.system, name: "A", alias: ""),
    ])
  func saysNothing(action: Correction.Action) {
    #expect(throws: CorrectionError.self) { try Correction(action, author: "G", date: "d") }
  }
}
