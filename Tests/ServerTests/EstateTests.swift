import Facts
import Foundation
import HTTPTypes
import Inventory
import Testing
import Workbench

@testable import Server

/// The inventory in the browser and for programs.
@Suite struct EstateTests {
  @Test func theInventoryIsSearchedAndFiltered() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    func names(_ query: String) async throws -> [String] {
      let answer = try await workbench.ask(.get, "/api/v1/systems?\(query)")
      let systems = try #require(try TestWorkbench.object(answer)["systems"] as? [[String: Any]])
      return systems.compactMap { $0["name"] as? String }
    }
    #expect(try await names("") == ["Claims Flow", "Invoice Bot", "Night Export"])
    #expect(try await names("q=invoice+ann") == ["Invoice Bot"])
    #expect(try await names("q=invoice+bob").isEmpty)
    #expect(try await names("technology=unknown") == ["Night Export"])
    #expect(try await names("missing=owner") == ["Night Export"])
    #expect(try await names("missing=volume") == ["Claims Flow", "Night Export"])
    #expect(try await names("sort=owner") == ["Invoice Bot", "Claims Flow", "Night Export"])
    #expect(try await names("page=2").isEmpty)
  }

  @Test(arguments: [
    "page=0", "page=x", "sort=colour", "kind=robot", "q=\(String(repeating: "a", count: 401))",
  ])
  func aQueryThatMeansNothingIsRefused(query: String) async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.ask(.get, "/api/v1/systems?\(query)")
    #expect(answer.status == 400)
    let name = try #require(query.split(separator: "=").first)
    #expect(answer.text.contains("'\(name)'"))
  }

  /// Pages of the table are a partition of it, whatever their size.
  @Test(arguments: [(0, 50), (1, 50), (50, 50), (51, 50), (120, 7)])
  func pagesHoldEverySystemOnce(count: Int, size: Int) {
    var estate = EstateView(Estate())
    #expect(estate.rows.isEmpty)
    let documents = (0..<count).map { number in
      var fragment = EstateFragment()
      fragment.systems = [
        AutomationSystem(
          name: "System \(number)",
          source: .init(.declared, .init(path: "register.csv", line: number + 2)))
      ]
      return SourceDocument(
        path: "\(number).csv", format: "register", status: .imported, digest: "", fragment: fragment
      )
    }
    estate = EstateView(Estate(merging: documents))
    var seen: [String] = []
    var query = InventoryQuery()
    query.pageSize = size
    for page in 1...(count / size + 2) {
      query.page = page
      let (rows, total) = query.rows(of: estate)
      #expect(total == count)
      #expect(rows.count <= size)
      seen += rows.map(\.name)
    }
    #expect(seen == estate.rows.map(\.name))
  }

  @Test func aFactThatIsSetOutranksTheFilesAndNamesWhoAndWhen() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.submit(
      "/estate/fact",
      ["system": "Invoice Bot", "field": "failure-rate", "value": "12 %", "author": "Dee Orr"])
    #expect(answer.status == 303)
    let page = try await workbench.page("/estate/system?name=Invoice%20Bot")
    #expect(page.text.contains("12 %"))
    // What the file says is still there, as what lost.
    #expect(page.text.contains("≠ 3 %"))
    #expect(page.text.contains("by Dee Orr, 20"))
    // The command line sees the same.
    let all = try corrections(inWorkspace: workbench.workspace).all
    #expect(all.map(\.correction.sentence) == ["failure-rate of 'Invoice Bot' is 12 %"])
    #expect(all.first?.correction.author == "Dee Orr")
  }

  @Test func aValueThatDoesNotFitIsRefusedInWords() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.submit(
      "/estate/fact",
      ["system": "Invoice Bot", "field": "failure-rate", "value": "often", "author": "Dee Orr"])
    #expect(answer.status == 422)
    #expect(answer.text.contains("a share such as 3 %"))
    #expect(try corrections(inWorkspace: workbench.workspace).all.isEmpty)
  }

  @Test func systemsAreMergedSplitAndThatIsTakenBack() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    func count() async throws -> Int {
      try await workbench.state.desk.view().rows.count
    }
    let merged = try await workbench.send(
      .post, "/api/v1/merges",
      ["first": "Invoice Bot", "second": "Night Export", "author": "Dee Orr"])
    #expect(merged.status == 201)
    #expect(try await count() == 2)
    let number = try #require(try TestWorkbench.object(merged)["number"] as? Int)
    #expect(try await workbench.ask(.delete, "/api/v1/corrections/\(number)").status == 200)
    #expect(try await count() == 3)
    #expect(try await workbench.ask(.delete, "/api/v1/corrections/\(number)").status == 422)
    // Everything that is said of it stands in one file, so that nothing would be left.
    let split = try await workbench.send(
      .post, "/api/v1/splits",
      ["system": "Invoice Bot", "from": "register.csv", "into": "Other", "author": "Dee Orr"])
    #expect(split.status == 422)
  }

  @Test func whatAnotherProcessCorrectsIsSeenAtOnce() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    #expect(
      try await workbench.state.desk.view().estate.system(named: "Night Export")?.owner.value == nil
    )
    _ = try setFact(
      inWorkspace: workbench.workspace, system: "Night Export", field: "owner", value: "Cid Fox",
      by: CorrectionAuthor("the command line", date: "2027-01-05"))
    #expect(
      try await workbench.state.desk.view().estate.system(named: "Night Export")?.owner.value
        == "Cid Fox")
  }

  @Test func aFieldThatIsNotKnownIsRefused() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.send(
      .post, "/api/v1/facts",
      ["system": "Invoice Bot", "field": "owner", "value": "x", "author": "y", "sudo": "yes"])
    #expect(answer.status == 400)
    #expect(answer.text.contains("'sudo'"))
    let list = try await workbench.ask(
      .post, "/api/v1/facts", headers: ["Content-Type": "application/json"], body: "[1]")
    #expect(list.status == 400)
    let text = try await workbench.ask(
      .post, "/api/v1/facts", headers: ["Content-Type": "text/plain"], body: "system=x")
    #expect(text.status == 415)
  }
}
