import DocumentReading
import Facts
import Foundation
import Inventory
import Testing

@testable import Importing

@Suite("Forms of registers")
struct RegisterFormsTests {
  @Test(
    "a program in one line is no register, and is found to be none at once", .timeLimit(.minutes(1))
  )
  func minified() {
    // Cells of tens of thousands of letters, and tens of thousands of cells.
    let long = String(repeating: "abcdefg.hij(klm);", count: 3000)
    let many = (0..<9000).map { "n\($0)" }.joined(separator: ",")
    for number in 0..<20 {
      let documents = imported(["a\(number).js": "owner,\(long),name\n\(many)\n"])
      #expect(documents.first?.format == nil)
    }
  }

  @Test(
    "headers are understood in several languages",
    arguments: [
      "Name;Zweck;Technologie;Verantwortlicher;Schnittstellen;Fehlerquote (%);Volumen pro Monat;Manuelle Schritte;Status;Kritikalität",
      "Nom;Objectif;Plateforme;Propriétaire;Systèmes connectés;Taux d'échec (%);Volume par mois;Intervention humaine;Statut;Criticité",
      "Naam;Doel;Platform;Eigenaar;Koppelingen;Foutpercentage (%);Aantal per maand;Menselijke tussenkomst;Status;Kritikaliteit",
      "Nombre;Propósito;Plataforma;Propietario;Integraciones;Tasa de fallos (%);Volumen por mes;Intervención humana;Estado;Criticidad",
    ])
  func languages(header: String) throws {
    let row = "Bot;Posts invoices;UiPath;A. Lovelace;SAP;3,5;1.200;none;live;high"
    let estate = estate(["r.csv": "\(header)\n\(row)\n"])
    let bot = try #require(estate.systems.first)
    #expect(bot.purpose.value == "Posts invoices")
    #expect(bot.technology.value == "UiPath")
    #expect(bot.owner.value == "A. Lovelace")
    #expect(bot.integrations.value == "SAP")
    #expect(bot.failureRate.value == Probability(0.035))
    #expect(bot.volume.value == Frequency(count: 1200, per: .month))
    #expect(bot.humanInvolvement.value == "none")
    #expect(bot.status.value == .production)
    #expect(bot.criticality.value == .high)
  }

  @Test("values are understood in several languages too")
  func values() throws {
    let estate = estate([
      "r.csv": """
      Name;Typ;Zweck;Verantwortlicher;Volumen;Fehlerquote;Status;Kritikalität;Schnittstellen
      A;Roboter;p;unbekannt;120 pro Tag;2,5 Prozent;in Betrieb;geschäftskritisch;keine
      B;Regelwerk;p;x;täglich;k.A.;stillgelegt;mittel;SAP
      """
    ])
    let (a, b) = (estate.systems[0], estate.systems[1])
    #expect(a.kind.value == .rpa && b.kind.value == .rules)
    #expect(!a.owner.isKnown)
    #expect(a.volume.value == Frequency(count: 120, per: .day))
    #expect(b.volume.value == Frequency(count: 1, per: .day))
    #expect(a.failureRate.value == Probability(0.025))
    #expect(!b.failureRate.isKnown && b.unknowns.isEmpty)
    #expect(a.status.value == .production && b.status.value == .retired)
    #expect(a.criticality.value == .missionCritical && b.criticality.value == .medium)
    #expect(a.integrations.value == "none")
  }

  @Test("titles and notes above the header, tabs and bars between the fields make no difference")
  func position() throws {
    let rows = ["Name,Owner,Volume,Purpose", "Bot,A,40/h,p"]
    for delimiter in [",", ";", "\t", "|"] {
      let table = rows.map { $0.replacing(",", with: delimiter) }.joined(separator: "\n")
      let text = "Our robots, as of May\n\nDraft; not checked\n\(table)\n"
      let bot = try #require(estate(["r.csv": text]).systems.first, "\(delimiter)")
      #expect(bot.volume.value == Frequency(count: 40, per: .hour))
      #expect(bot.owner.winner?.evidence.location.line == 5)
    }
  }

  @Test("every sheet that is a register is read, at its own place")
  func sheets() {
    let header = ["Name", "Owner", "Volume", "Purpose"]
    let book = workbook([
      ("Robots", [["Robots of the bank"], header, ["A", "x", "", "p"]]),
      ("Notes", [["nothing here"]]), ("Agents", [header, ["B", "y", "", "p"]]),
    ])
    let estate = Estate(merging: imported(["r.xlsx": book]))
    #expect(estate.systems.map(\.name) == ["A", "B"])
    #expect(
      estate.systems.compactMap { $0.owner.winner?.evidence.location.line } == [3, 2])
  }

  @Test("a configuration database's export gives applications and automations, and no hardware")
  func configurationDatabase() throws {
    let documents = imported([
      "cmdb_ci.csv": """
      name,sys_class_name,short_description,owned_by,support_group,operational_status,business_criticality,sys_id
      Core Banking,cmdb_ci_appl,Ledger,B. Example,Core,Operational,1 - most critical,0a
      Web 01,cmdb_ci_linux_server,,,,Operational,,0b
      Invoice bot,RPA bot,Posts invoices,A. Example,Finance,Retired,3 - less critical,0c
      """
    ])
    #expect(documents.map(\.format) == ["system-register"])
    let estate = Estate(merging: documents)
    #expect(estate.applications.map(\.name) == ["Core Banking"])
    let bot = try #require(estate.systems.first)
    #expect(estate.systems.count == 1)
    #expect(bot.owner.value == "A. Example")
    #expect(bot.team.value == "Finance")
    #expect(bot.status.value == .retired)
    #expect(bot.criticality.value == .medium)
    #expect(documents[0].problems.contains { $0.message.contains("hardware") })
  }

  @Test("fact sheets of an architecture tool are read by the same header")
  func factSheets() throws {
    let estate = estate([
      "factsheets.csv": """
      id,type,name,displayName,description,businessCriticality,technicalSuitability,lifecycle:active,relToRequires
      1,Application,CRM,Sales / CRM,Customers,missionCritical,appropriate,2019-01-01,
      2,AI Agent,Triage,Service / Triage,Sorts mail,businessOperational,,2025-02-01,CRM
      3,BusinessCapability,Sales,Sales,,,,,
      """
    ])
    #expect(estate.applications.map(\.name).contains("CRM"))
    #expect(estate.systems.map(\.name) == ["Triage"])
    #expect(estate.systems[0].kind.value == .agent)
    #expect(estate.systems[0].aliases.contains("Service / Triage"))
    #expect(estate.connections.map(\.target.name) == ["CRM"])
  }

  @Test("one record that breaks the rules costs that record and no other")
  func brokenRecord() {
    let documents = imported([
      "r.csv": "Name,Owner,Volume,Purpose\nA,\"x\"y,1,p\nB,z,3/h,p\nC,\"open,1,p\n"
    ])
    #expect(documents.map(\.status) == [.partial])
    #expect(Estate(merging: documents).systems.map(\.name) == ["B"])
    #expect(documents[0].problems.map { $0.location.line } == [2, 4])
  }

  // MARK: Preview and mapping

  private func request(
    _ text: String, _ mapping: [String] = [], headerLine: Int? = nil,
    _ body: (RegisterRequest) throws -> Void
  ) throws {
    let path = "\(NSTemporaryDirectory())register-\(UInt64.random(in: 0..<UInt64.max)).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var choices = RegisterMapping()
    for choice in mapping { try choices.add(choice) }
    try body(RegisterRequest(path: path, mapping: choices, headerLine: headerLine))
  }

  private static let odd = """
    Robot register
    Ding,Wer,Notes,Owner,Runs a month
    Bot,A. Lovelace,n,Finance,12
    """

  @Test("the preview shows what each column is taken for, the first rows and what is left out")
  func preview() throws {
    try request(Self.odd, ["Ding=name"]) { request in
      let preview = try previewRegister(request)
      let table = try #require(preview.tables.first)
      #expect(table.headerLine == 2)
      #expect(table.delimiter == ",")
      #expect(table.rowCount == 1)
      #expect(table.columns.map(\.field) == ["name", nil, nil, "owner", "volume"])
      #expect(table.columns.map(\.isMapped) == [true, false, false, false, false])
      #expect(table.firstRows == [["Bot", "A. Lovelace", "n", "Finance", "12"]])
      #expect(table.missingFields.contains("purpose"))
    }
    try request(Self.odd) { request in
      let preview = try previewRegister(request)
      #expect(preview.tables.map(\.headerLine) == [2])
    }
  }

  @Test("a given field wins over the guess, a column can be left out, and then it is imported")
  func mapping() throws {
    try request(Self.odd, ["Ding=name", "Wer=Owner", "Owner=team", "notes=ignore"]) { request in
      let result = importRegister(request)
      let bot = try #require(result.documents.first?.fragment.systems.first)
      #expect(result.documents.first?.format == "system-register")
      #expect(bot.name == "Bot")
      #expect(bot.owner.value == "A. Lovelace")
      #expect(bot.team.value == "Finance")
      #expect(bot.volume.value == Frequency(count: 12, per: .month))
      #expect(result.documents.first?.problems == [])
    }
  }

  @Test("a file without names is refused with what to do; an unknown field gets a suggestion")
  func refused() throws {
    try request("Ding,Wer\nBot,x\n") { request in
      let document = try #require(importRegister(request).documents.first)
      #expect(document.status == .failed)
      #expect(document.problems.first?.message.contains("--map") == true)
    }
    try request(Self.odd, ["Dong=name"]) { request in
      let preview = try previewRegister(request)
      #expect(preview.missing == ["Dong"])
    }
    for (choice, reason) in [
      ("Column", "is not of the form"), ("Wer=ownr", "did you mean 'owner'?"), ("=owner", "form"),
    ] {
      var choices = RegisterMapping()
      do {
        try choices.add(choice)
        Issue.record("'\(choice)' is accepted")
      } catch {
        #expect(error.description.contains(reason))
      }
    }
  }
}
