import Foundation
import HTTPTypes
import Testing
import Workbench

@testable import Server

/// Files that come from a browser.
@Suite struct ImportTests {
  private func upload(_ workbench: TestWorkbench, _ files: [String: String]) async throws -> String
  {
    let begun = try await workbench.ask(.post, "/api/v1/uploads")
    #expect(begun.status == 201)
    let upload = try #require(try TestWorkbench.object(begun)["upload"] as? String)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      let answer = try await workbench.ask(
        .put, "/api/v1/uploads/\(upload)/file?path=\(queryValue(path))", body: text)
      #expect(answer.status == 201)
    }
    return upload
  }

  private func importing(
    _ workbench: TestWorkbench, _ upload: String, as name: String
  ) async throws -> Job {
    let answer = try await workbench.send(
      .post, "/api/v1/imports", ["upload": upload, "name": name])
    #expect(answer.status == 202)
    let id = try #require(try TestWorkbench.object(answer)["id"] as? Int)
    return try #require(await workbench.state.jobs.wait(for: id))
  }

  @Test func whatIsUploadedIsImported() async throws {
    let workbench = try TestWorkbench()
    let sent = try await upload(
      workbench, ["bank/register.csv": TestWorkbench.register(TestWorkbench.three)])
    let job = try await importing(workbench, sent, as: "bank")
    #expect(job.state == .done)
    #expect(job.message.contains("The estate has 3 systems"))
    #expect(job.result == "/estate")
    let view = try await workbench.state.desk.view()
    #expect(view.rows.map(\.name) == ["Claims Flow", "Invoice Bot", "Night Export"])
    let page = try await workbench.page("/jobs/\(job.id)")
    #expect(page.text.contains("● done"))
  }

  @Test func aSecondUploadOfANameReplacesItsFiles() async throws {
    let workbench = try TestWorkbench()
    let first = try await upload(
      workbench, ["register.csv": TestWorkbench.register(TestWorkbench.three)])
    _ = try await importing(workbench, first, as: "bank")
    let second = try await upload(
      workbench, ["register.csv": TestWorkbench.register(["Only Bot,UiPath,,,,"])])
    let job = try await importing(workbench, second, as: "bank")
    #expect(job.state == .done)
    #expect(try await workbench.state.desk.view().rows.map(\.name) == ["Only Bot"])
  }

  @Test func aFileThatCannotBeReadIsNamed() async throws {
    let workbench = try TestWorkbench()
    let sent = try await upload(
      workbench,
      [
        "register.csv": TestWorkbench.register(TestWorkbench.three),
        "flow.bpmn":
          "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"a\">",
      ])
    let job = try await importing(workbench, sent, as: "bank")
    #expect(job.state == .done)
    #expect(job.problems.contains { $0.contains("flow.bpmn") })
    let page = try await workbench.page("/jobs/\(job.id)")
    #expect(page.text.contains("flow.bpmn"))
  }

  @Test func whatHoldsNothingFailsAndChangesNothing() async throws {
    let workbench = try TestWorkbench()
    let sent = try await upload(workbench, ["notes.txt": "nothing"])
    let job = try await importing(workbench, sent, as: "notes")
    #expect(job.state == .failed)
    #expect(job.problems.first?.contains("nothing that can be imported was found") == true)
    #expect(!workbench.state.desk.isThere)
    #expect(try await workbench.page("/jobs/\(job.id)").text.contains("Try again"))
  }

  @Test(arguments: [
    "../register.csv", "/etc/register.csv", "a/../../register.csv", "a//b.csv", ".", "..", "a/",
    "a\\b.csv", "a\nb.csv", String(repeating: "x", count: 256),
  ])
  func noPathLeavesTheFolder(path: String) async throws {
    let workbench = try TestWorkbench()
    let begun = try await workbench.ask(.post, "/api/v1/uploads")
    let name = try #require(try TestWorkbench.object(begun)["upload"] as? String)
    let before = try FileManager.default.subpathsOfDirectory(atPath: workbench.folder.path).sorted()
    let answer = try await workbench.ask(
      .put, "/api/v1/uploads/\(name)/file?path=\(queryValue(path))", body: "x")
    #expect(answer.status == 400)
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: workbench.folder.path).sorted() == before)
  }

  @Test(arguments: ["", "nowhere", "..", "../imports"])
  func anUploadThatIsNotThereIsRefused(upload: String) async throws {
    let workbench = try TestWorkbench()
    let answer = try await workbench.send(
      .post, "/api/v1/imports", ["upload": upload, "name": "x"])
    #expect(answer.status == (upload.isEmpty ? 400 : 404))
  }

  @Test(arguments: [
    ("bank", "bank"), ("../..", "upload"), ("a/b c", "a-b-c"), (".hidden", "hidden"),
    ("", "upload"), ("Großbank", "Großbank"),
  ])
  func aNameBecomesAFolder(text: String, name: String) {
    #expect(UploadDesk.folderName(text) == name)
  }
}
