import HTTPTypes
import Testing

@testable import Server

/// Who may ask, and from where.
@Suite struct GateTests {
  private let form = "application/x-www-form-urlencoded"

  @Test(arguments: [
    ("127.0.0.1:8080", 200), ("localhost:8080", 200), ("[::1]:8080", 200), ("LOCALHOST", 200),
    // Names that somebody points at this machine.
    ("evil.example:8080", 403), ("127.0.0.1.evil.example", 403), ("", 403), ("192.168.0.7", 403),
  ])
  func onlyItsOwnNamesAreAnswered(host: String, status: Int) async throws {
    let workbench = try TestWorkbench()
    let answer = try await workbench.ask(.get, "/estate", host: host)
    #expect(answer.status == status)
  }

  @Test func aFormOfAnotherSiteIsRefused() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let session = workbench.state.gate.newSession()
    let body = "system=Night+Export&field=owner&value=Eve&author=Eve"
    let cookie = "\(Gate.cookie)=\(session)"
    let good = workbench.state.gate.formToken(of: session)
    let other = workbench.state.gate.formToken(of: workbench.state.gate.newSession())
    let tries: [(headers: [String: String], sent: String, status: Int)] = [
      (["Origin": "http://evil.example", "Cookie": cookie], "&csrf=\(good)", 403),
      (["Origin": "null", "Cookie": cookie], "&csrf=\(good)", 403),
      (["Sec-Fetch-Site": "cross-site", "Cookie": cookie], "&csrf=\(good)", 403),
      (["Origin": "http://127.0.0.1:8080", "Cookie": cookie], "", 403),
      (["Origin": "http://127.0.0.1:8080", "Cookie": cookie], "&csrf=\(other)", 403),
      (["Origin": "http://127.0.0.1:8080"], "&csrf=\(good)", 403),
      (["Origin": "http://127.0.0.1:8080", "Cookie": cookie], "&csrf=\(good)", 303),
    ]
    for attempt in tries {
      let answer = try await workbench.ask(
        .post, "/estate/fact",
        headers: attempt.headers.merging(["Content-Type": form]) { $1 },
        body: body + attempt.sent)
      #expect(answer.status == attempt.status, "\(attempt.headers)")
    }
  }

  @Test func aProgramNeedsNoFormToken() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let fact = [
      "system": "Night Export", "field": "owner", "value": "Cid Fox", "author": "a script",
    ]
    #expect(try await workbench.send(.post, "/api/v1/facts", fact).status == 201)
  }

  @Test func withATokenNothingIsAnsweredWithoutIt() async throws {
    let token = "correct horse battery"
    let workbench = try TestWorkbench(register: TestWorkbench.three, token: token)
    let page = try await workbench.page("/estate?kind=rpa")
    #expect(page.status == 303)
    #expect(page.header("Location") == "/login?next=%2Festate%3Fkind%3Drpa")
    let program = try await workbench.ask(.get, "/api/v1/systems")
    #expect(program.status == 401)
    #expect(program.header("WWW-Authenticate") == "Bearer")
    #expect(!program.text.contains("Invoice"))
    for (sent, status) in [(token, 200), ("correct horse batterz", 401), ("", 401)] {
      let answer = try await workbench.ask(
        .get, "/api/v1/systems", headers: ["Authorization": "Bearer \(sent)"])
      #expect(answer.status == status)
    }
  }

  @Test func theTokenBuysASession() async throws {
    let token = "correct horse battery"
    let workbench = try TestWorkbench(register: TestWorkbench.three, token: token)
    func login(_ token: String, next: String) async throws -> TestWorkbench.Answer {
      try await workbench.ask(
        .post, "/login", headers: ["Content-Type": form],
        body: "token=\(queryValue(token))&next=\(queryValue(next))")
    }
    #expect(try await login("wrong horse battery", next: "/map").status == 403)
    let answer = try await login(token, next: "/map")
    #expect(answer.status == 303)
    #expect(answer.header("Location") == "/map")
    let cookie = try #require(answer.header("Set-Cookie"))
    #expect(cookie.contains("HttpOnly"))
    #expect(cookie.contains("SameSite=Strict"))
    let session = String(cookie.dropFirst(Gate.cookie.count + 1).prefix { $0 != ";" })
    #expect(try await workbench.page("/estate", session: session).status == 200)
    // One letter changed is no session.
    let changed = (session.first == "a" ? "b" : "a") + session.dropFirst()
    #expect(try await workbench.page("/estate", session: changed).status == 303)
  }

  @Test(arguments: ["//evil.example/", "https://evil.example/", "/\\evil.example", ""])
  func loginLeadsToNoOtherSite(next: String) async throws {
    let workbench = try TestWorkbench(token: "correct horse battery")
    let answer = try await workbench.ask(
      .post, "/login", headers: ["Content-Type": form],
      body: "token=correct+horse+battery&next=\(queryValue(next))")
    #expect(answer.header("Location") == "/")
  }
}
