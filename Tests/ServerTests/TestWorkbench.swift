import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing
import Workbench

@testable import Server

/// A workbench over a workspace of its own, asked without a network.
struct TestWorkbench: Sendable {
  let folder: URL
  let workspace: String
  let state: WorkbenchState
  private let responder: RouterResponder<PageContext>

  /// A workbench over a new workspace.
  ///
  /// - Parameters:
  ///   - register: rows of a register to import, after the header; `nil` to import nothing.
  ///   - folder: the folder of the workspace; `nil` for a new one.
  ///   - patience: longest time until a reader is told to wait; of no use to most tests.
  init(
    register: [String]? = nil, token: String? = nil, in folder: URL? = nil,
    patience: Duration = .seconds(3_600)
  ) throws {
    let place =
      folder
      ?? FileManager.default.temporaryDirectory.appending(path: "serve-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    self.folder = place
    workspace = place.appending(path: "workspace.sqlite").path
    if let register {
      let file = place.appending(path: "register.csv")
      try Data(Self.register(register).utf8).write(to: file)
      _ = try importIntoWorkspace(
        workspace, ImportRequest(paths: [file.path], time: "2027-01-04T08:00:00Z"))
    }
    var options = ServeOptions(workspace: workspace, token: token)
    // However busy the machine is, twelve rehearsals come to their end.
    options.previewTime = .seconds(3_600)
    options.patience = patience
    state = try openWorkbench(options) { _ in }
    responder = state.router().buildResponder()
  }

  /// A register as a CSV file.
  static func register(_ rows: [String]) -> String {
    (["System,Technology,Owner,Purpose,Volume,Failure rate"] + rows).joined(separator: "\n") + "\n"
  }

  /// Three systems of which different things are known.
  static let three = [
    "Invoice Bot,UiPath,Ann Lee,Books invoices,1200 per day,3 %",
    "Claims Flow,Camunda,Bob Ray,Routes claims,,",
    "Night Export,,,,,",
  ]

  /// What was answered.
  struct Answer {
    var status: Int
    var headers: HTTPFields
    var text: String

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
  }

  /// Asks the workbench.
  func ask(
    _ method: HTTPRequest.Method = .get, _ path: String, headers: [String: String] = [:],
    body: String = "", host: String = "127.0.0.1:8080"
  ) async throws -> Answer {
    var fields = HTTPFields()
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: host, path: path, headerFields: fields),
      body: RequestBody(buffer: ByteBuffer(string: body)))
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let response = try await responder.respond(
      to: request, context: PageContext(logger: logger))
    let collected = Collected()
    try await response.body.write(Collector(into: collected))
    return Answer(
      status: response.status.code, headers: response.headers,
      text: String(decoding: await collected.buffer.readableBytesView, as: UTF8.self))
  }

  /// Asks for a page as a browser does.
  func page(_ path: String, session: String? = nil) async throws -> Answer {
    var headers = ["Accept": "text/html,application/xhtml+xml"]
    headers["Cookie"] = session.map { "\(Gate.cookie)=\($0)" }
    return try await ask(.get, path, headers: headers)
  }

  /// Sends JSON as a program does.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ fields: [String: String] = [:]
  ) async throws -> Answer {
    try await ask(
      method, path, headers: ["Content-Type": "application/json"],
      body: String(decoding: try JSONEncoder().encode(fields), as: UTF8.self))
  }

  /// Sends a form as the pages do, in a session of its own.
  func submit(_ path: String, _ fields: [String: String]) async throws -> Answer {
    let session = state.gate.newSession()
    var fields = fields
    fields["csrf"] = state.gate.formToken(of: session)
    let body = fields.sorted { $0.key < $1.key }
      .map { "\(queryValue($0.key))=\(queryValue($0.value))" }.joined(separator: "&")
    return try await ask(
      .post, path,
      headers: [
        "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html",
        "Cookie": "\(Gate.cookie)=\(session)", "Origin": "http://127.0.0.1:8080",
        "Sec-Fetch-Site": "same-origin",
      ], body: body)
  }

  /// An answer in JSON.
  static func object(_ answer: Answer) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
  }
}

private actor Collected {
  var buffer = ByteBuffer()

  func add(_ part: ByteBuffer) { buffer.writeImmutableBuffer(part) }
}

private struct Collector: ResponseBodyWriter {
  let collected: Collected

  init(into collected: Collected) { self.collected = collected }

  mutating func write(_ buffer: ByteBuffer) async throws { await collected.add(buffer) }
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
