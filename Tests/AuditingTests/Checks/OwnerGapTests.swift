import EstateTestSupport
import Facts
import Inventory
import Testing

@testable import Auditing

@Suite("owner gaps")
struct OwnerGapTests {
  @Test(
    "an owner is read for what it is",
    arguments: [
      ("Ada Lovelace", OwnerName.person), ("ada.lovelace@bank.example", .person),
      ("lovelace@bank.example", .person), ("Dr. Grace Hopper", .person),
      ("rpa-support@bank.example", .mailbox), ("automation-centre@bank.example", .mailbox),
      ("Shared Mailbox Finance", .mailbox), ("DL-Lending-Ops", .distributionList),
      ("dl_lending@bank.example", .distributionList), ("Distribution List RPA", .distributionList),
      ("SYSTEM", .systemAccount), ("NT AUTHORITY\\SYSTEM", .systemAccount),
      ("svc_rpa_prod", .systemAccount), ("RPA service account", .systemAccount),
      ("4f6f1f2c-0a8d-4b5e-9c3a-1d2e3f4a5b6c", .systemAccount), ("Credit Operations", .team),
      ("Automation CoE", .team), ("Lending", .team), ("Ada Lovelace (left 2024)", .leaver),
      ("former: Ada Lovelace", .leaver), ("TBD", .placeholder), ("My App, Inc.", .placeholder),
      ("n/a", .placeholder),
      ("-", .placeholder), ("", .placeholder),
    ])
  func ownerNames(name: String, expected: OwnerName) {
    #expect(OwnerName(name, teams: ["lending"]) == expected)
  }

  @Test("in production without an accountable person is critical, with a mailbox it is high")
  func production() {
    var builder = EstateBuilder()
    builder.system("A", status: .production)
    builder.system("B", owner: "rpa-support@bank.example", status: .production)
    builder.system("C", owner: "SYSTEM", status: .production)
    builder.system("D", owner: "Ada Lovelace", status: .production)
    let found = findings(.ownerGap, builder)
    #expect(
      found.map(\.id) == [
        "owner-gap/system:a", "owner-gap/system:c", "owner-gap/system:b",
      ])
    #expect(found.map(\.severity) == [.critical, .critical, .high])
  }

  @Test("an unknown status is not taken for harmless, a retired system is")
  func otherStatus() {
    var builder = EstateBuilder()
    builder.system("A")
    builder.system("B", status: .retired)
    builder.system("C", status: .development)
    let found = findings(.ownerGap, builder)
    #expect(found.map(\.severity) == [.high, .low, .info])
  }

  @Test("switched on is not in production: never critical, high only where something starts it")
  func switchedOn() throws {
    var builder = EstateBuilder()
    for name in ["Timed", "Callable"] {
      builder.system(name, status: .production, provenance: .imported)
    }
    builder.system("Unclear", technology: "n8n", provenance: .imported)
    // No product is known that runs it: it may be a drawing.
    builder.system("Drawn", provenance: .imported)
    builder.trigger(.schedule, of: "Timed")
    builder.trigger(.call, of: "Callable")
    var found = findings(.ownerGap, builder)
    #expect(found.map(\.id).first == "owner-gap/system:timed")
    #expect(found.map(\.severity) == [.high, .medium, .low, .low])
    #expect(found.map(\.title).first == "Timed: no owner is on record")
    #expect(found.first?.why.contains("switched on where it was exported") == true)
    #expect(found.first?.why.contains("It may be an example") == false)
    // What a folder's name suggests the file does not say.
    var inferred = EstateBuilder()
    inferred.system("Foldered", status: .production, provenance: .inferred)
    inferred.trigger(.schedule, of: "Foldered")
    #expect(findings(.ownerGap, inferred).map(\.severity) == [.medium])
    // What a toolkit writes where a name is to be filled in names nobody.
    var stencil = EstateBuilder()
    stencil.system(
      "Stencil", technology: "Airflow", owner: "default_owner", status: .production,
      provenance: .imported)
    #expect(findings(.ownerGap, stencil).map(\.severity) == [.medium])
    // A register's word makes it certain.
    builder.system("Timed", status: .production)
    found = findings(.ownerGap, builder)
    #expect(found.first?.severity == .critical)
    #expect(found.first?.title == "Timed: nobody answers for it")
  }

  @Test("what only exports speak of, of whatever product, is one finding unless it is grave")
  func products() {
    var builder = EstateBuilder()
    for product in ["n8n", "UiPath", "Kestra"] {
      for number in 1...3 {
        builder.system(
          "\(product) \(number)", technology: product,
          status: product == "UiPath" ? nil : .production, provenance: .imported)
        if product == "n8n" { builder.trigger(.event, of: "\(product) \(number)") }
        if product == "UiPath" { builder.system("Drawing \(number)", provenance: .imported) }
      }
    }
    let found = findings(.ownerGap, builder)
    // What is switched on is told apart from what may never have run.
    #expect(found.map(\.severity) == [.high, .medium, .low])
    #expect(found.map(\.subjects.count) == [3, 3, 6])
    #expect(found[1].title.hasSuffix("3 systems switched on where exported"))
    #expect(found[2].title.hasSuffix("6 systems not said to be switched on"))
    #expect(found[2].why.contains("UiPath (3)"))
  }

  @Test("a group says whom its files name otherwise, as a single finding does")
  func named() throws {
    var builder = EstateBuilder()
    for number in 1...3 {
      builder.system(
        "Flow \(number)", technology: "n8n", team: number == 3 ? "Lending" : nil,
        status: .production, provenance: .imported)
    }
    builder.made("Flow 1", by: "Contoso publisher")
    let finding = try #require(findings(.ownerGap, builder).first)
    #expect(
      finding.why.contains("Contoso publisher (publisher of 1) and Lending (team of 1)"))
    #expect(finding.remedy.hasPrefix("Ask whoever is named who answers for them."))
  }

  @Test("where a start decides how grave it is, it is named, with its place")
  func starts() throws {
    func found(_ count: Int) throws -> Finding {
      var builder = EstateBuilder()
      for number in 1...count {
        builder.system(
          "Flow \(number)", technology: "n8n", status: .production, provenance: .imported)
        builder.trigger(.schedule, of: "Flow \(number)", "every 5 minutes")
      }
      return try #require(findings(.ownerGap, builder).first)
    }
    let one = try found(1)
    #expect(one.severity == .high)
    #expect(one.why.contains("What starts it: a schedule (every 5 minutes)."))
    #expect(one.evidence.map(\.location.line) == [1, 2])
    let three = try found(3)
    #expect(three.why.contains("What starts them: Flow 1: a schedule (every 5 minutes), Flow 2"))
    #expect(three.evidence.prefix(2).map(\.location.line) == [1, 2])
  }

  @Test(
    "one begins with what can do most harm: deletes, pays, sends, changes, is called; not with an A"
  )
  func consequence() throws {
    var builder = EstateBuilder()
    for name in ["Alone", "Called", "Changer", "Deleter", "Payment Run", "Sender"] {
      builder.system(name, technology: "Flow", status: .production, provenance: .imported)
    }
    builder.system("Caller", technology: "Flow", owner: "Ada Lovelace")
    builder.connect(.invokes, .system("Caller"), .system("Called"))
    for (name, action) in [
      ("Changer", "recordUpdates"), ("Deleter", "recordDeletes"), ("Payment Run", "recordCreates"),
    ] {
      builder.connect(.writes, .system(name), .application("CRM"), action: action)
    }
    builder.connect(
      .writes, .system("Sender"), .application("CRM"), channel: .mail, action: "emailSimple")
    let finding = try #require(findings(.ownerGap, builder).first)
    #expect(
      finding.subjects.map(\.name) == [
        "Deleter", "Payment Run", "Sender", "Changer", "Called", "Alone",
      ])
    #expect(
      finding.remedy.hasSuffix(
        "Deleter (deletes: recordDeletes), Payment Run (has to do with payments: recordCreates), "
          + "Sender (sends: emailSimple) and 3 more."))
  }

  @Test("a team without a person is a gap, and the finding says so")
  func teamOnly() throws {
    var builder = EstateBuilder()
    builder.system("A", team: "Lending", status: .production)
    let finding = try #require(findings(.ownerGap, builder).first)
    #expect(finding.why.contains("Lending"))
    #expect(finding.remedy.contains("Lending"))
  }

  @Test("one person who answers for very many systems is a bus factor")
  func busFactor() throws {
    var builder = EstateBuilder()
    for number in 1...8 { builder.system("S\(number)", owner: "Ada Lovelace", status: .production) }
    builder.system("R", owner: "Ada Lovelace", status: .retired)
    let finding = try #require(findings(.ownerGap, builder).first)
    #expect(finding.subjects.count == 8)
    #expect(finding.severity == .medium)
    #expect(findings(.ownerGap, builder) { $0.systemsPerOwner = 9 }.isEmpty)
  }

  @Test("systems of a product that only exports speak of are one finding, whose name stays")
  func unregistered() {
    func found(_ count: Int, registered: Bool = false) -> [Finding] {
      var builder = EstateBuilder()
      for number in 0..<count {
        builder.system(
          "Flow \(number)", kind: .workflow, technology: "Salesforce", status: .production,
          provenance: .imported)
        builder.trigger(.schedule, of: "Flow \(number)")
      }
      if registered { builder.system("Flow 0", status: .production) }
      return findings(.ownerGap, builder)
    }
    #expect(found(2).map(\.id) == ["owner-gap/system:flow0", "owner-gap/system:flow1"])
    let four = found(4)
    #expect(four.map(\.severity) == [.high] && four.first?.subjects.count == 4)
    // Of each where it is said to be switched on, and what starts it.
    #expect(four.first?.evidence.count == 8)
    #expect(four.map(\.id) == found(3).map(\.id))
    // What a register speaks of is told by itself.
    #expect(
      found(4, registered: true).map(\.subjects.count).sorted() == [1, 3])
    #expect(
      findings(
        .completeness,
        {
          var builder = EstateBuilder()
          for number in 0..<5 {
            builder.system("Bot \(number)", technology: "UiPath", provenance: .imported)
          }
          return builder
        }()
      ).map(\.subjects.count) == [5])
  }
}
