import DocumentReading
import Foundation
import HTTPTypes
import Testing

@testable import Server

/// What holds for every page.
@Suite struct PageTests {
  static let pages = [
    "/estate", "/estate?missing=owner", "/estate/system?name=Invoice%20Bot", "/estate/corrections",
    "/import", "/map", "/audit", "/questionnaires", "/scenarios", "/studies", "/jobs", "/nowhere",
    "/estate/system?name=Nobody",
  ]

  @Test(arguments: pages)
  func itIsWellFormedAndClosed(path: String) async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let answer = try await workbench.page(path)
    #expect(
      answer.status
        == (path.contains("o") && path.hasSuffix("where") || path.hasSuffix("Nobody") ? 404 : 200))
    _ = try parseXML(Array(answer.text.drop { $0 != "\n" }.utf8), path: path)
    let policy = try #require(answer.header("Content-Security-Policy"))
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("script-src 'self';"))
    #expect(policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe-eval"))
    #expect(answer.header("X-Content-Type-Options") == "nosniff")
    #expect(answer.header("Cache-Control") == "no-store")
    // Nothing that the policy would have to allow: scripts come from files, acts from them too.
    #expect(!answer.text.contains(/<script(?![^>]*src="\/assets\/)/))
    #expect(!answer.text.contains(/<[^>]*\son[a-z]+="/))
    #expect(!answer.text.contains(/(src|href|action)="(https?:)?\/\//))
    if path != "/map" { #expect(!answer.text.contains(/<[^>]*\sstyle="/)) }
  }

  @Test(arguments: ["/estate", "/map", "/audit", "/import", "/scenarios", "/studies", "/jobs"])
  func anEmptyWorkspaceHasEveryPage(path: String) async throws {
    let workbench = try TestWorkbench()
    #expect(try await workbench.page(path).status == 200)
  }

  @Test func namesOfFilesAreNoMarkup() async throws {
    let name = "<script>alert(1)</script>"
    let workbench = try TestWorkbench(register: ["\(name),<b>x</b>,\"\"\"'onload='x\",,,"])
    for path in ["/estate", "/estate/system?name=\(queryValue(name))", "/audit", "/map"] {
      let answer = try await workbench.page(path)
      #expect(answer.status == 200)
      #expect(!answer.text.contains("<script>alert"))
      #expect(!answer.text.contains("<b>x"))
      _ = try parseXML(Array(answer.text.drop { $0 != "\n" }.utf8), path: path)
    }
  }

  @Test(arguments: [
    ("2026-11-02T08:14:15Z", "2 Nov 2026, 08:14 UTC"),
    ("2026-01-31T23:59:59.25Z", "31 Jan 2026, 23:59 UTC"), ("yesterday", "yesterday"),
    ("2026-13-01T00:00:00Z", "2026-13-01T00:00:00Z"),
  ])
  func aMomentIsWrittenAsPeopleWriteIt(moment: String, shown: String) {
    #expect(timeText(moment) == shown)
  }

  @Test func aMomentOnAPageSaysWhatItIsToPrograms() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let page = try await workbench.page("/import")
    #expect(
      page.text.contains("<time datetime=\"2027-01-04T08:00:00Z\">4 Jan 2027, 08:00 UTC</time>"))
  }

  @Test(arguments: ["/estate", "/map", "/audit", "/studies", "/import", "/scenarios"])
  func aWorkspaceThatIsDamagedMeanwhileIsSaidToBeSo(path: String) async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    #expect(try await workbench.page(path).status == 200)
    try Data(String(repeating: "no database ", count: 100).utf8)
      .write(to: URL(fileURLWithPath: workbench.workspace))
    let answer = try await workbench.page(path)
    #expect(answer.status == 422)
    #expect(answer.text.contains("not a Rehearse workspace"))
    #expect(answer.text.contains("workspace.sqlite"))
  }

  @Test func aFileOfThePagesIsKeptByTheBrowser() async throws {
    let workbench = try TestWorkbench()
    let answer = try await workbench.ask(.get, "/assets/workbench.js")
    #expect(answer.header("Content-Type") == "text/javascript; charset=utf-8")
    let mark = try #require(answer.header("ETag"))
    let again = try await workbench.ask(
      .get, "/assets/workbench.js", headers: ["If-None-Match": mark])
    #expect(again.status == 304)
    #expect(try await workbench.ask(.get, "/assets/..%2Fworkbench.js").status == 404)
  }

  @Test func anotherMethodIsSaidToBeNone() async throws {
    let workbench = try TestWorkbench()
    let answer = try await workbench.ask(.delete, "/api/v1/systems")
    #expect(answer.status == 405)
    #expect(answer.header("Allow") == "GET")
    #expect(answer.header("Content-Type") == "application/problem+json")
  }
}
