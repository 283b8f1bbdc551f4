import DocumentReading
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// What a request carries through the server.
struct PageContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The session of the browser; empty for a program.
  var session = ""

  init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }

  /// A context without a connection.
  init(logger: Logger) { coreContext = .init(source: Direct(logger: logger)) }

  private struct Direct: RequestContextSource {
    var logger: Logger
  }
}

/// Who may ask, and from where: the one place that admits requests, and closes pages against others.
///
/// - `Host` must be the server's own address, so that a name that somebody else points at this machine
///   (DNS rebinding) is of no use.
/// - What changes something must come from these pages: by `Origin`, and by a token in the form or in
///   `X-CSRF-Token` that is bound to the session. A program, which sends neither `Origin` nor a cookie,
///   needs none.
/// - Where a token is set, nothing is answered without it: programs send `Authorization: Bearer`, browsers
///   give it once and get a session.
struct Gate: Sendable {
  /// The token that everybody must have; `nil` for none.
  let token: String?
  /// Names by which the server may be called beside addresses: `localhost` and what was allowed.
  let hosts: Set<String>
  /// Whether any address of digits is taken, as where the server listens on all.
  let takesAnyAddress: Bool
  /// Known to this process only.
  private let secret = Gate.randomWord()

  /// The name of the cookie that holds the session.
  static let cookie = "rehearse_session"

  /// Creates a gate.
  init(token: String?, hosts: Set<String>, takesAnyAddress: Bool) {
    self.token = token
    self.hosts = Set(hosts.map { $0.lowercased() })
    self.takesAnyAddress = takesAnyAddress
  }

  /// The token that forms of a session carry.
  func formToken(of session: String) -> String { digest("form \(session)") }

  /// The cookie of a new session that has shown the token.
  ///
  /// A session is its own proof, so that none has to be remembered.
  func newSession() -> String {
    let name = Self.randomWord()
    return "\(name).\(digest("session \(name)"))"
  }

  /// Whether a text is the token; takes as long for every text.
  func isToken(_ text: String) -> Bool { token.map { Self.areEqual(text, $0) } ?? true }

  /// The session of a request that may be answered.
  ///
  /// - Throws: `Problem` where it may not.
  func admit(_ request: Request, path: String) throws(Problem) -> String {
    try checkHost(request)
    let session = self.session(of: request)
    let bearer = request.headers[.authorization].flatMap { value in
      value.hasPrefix("Bearer ") ? String(value.dropFirst(7)) : nil
    }
    if token != nil, !Self.isOpen(path) {
      guard session != nil || bearer.map(isToken) == true else {
        var problem = Problem(
          .unauthorized,
          "this server asks for a token; open /login, or send it as 'Authorization: Bearer TOKEN'")
        problem.headers[.wwwAuthenticate] = "Bearer"
        throw problem
      }
    }
    guard request.method != .get, request.method != .head else { return session ?? "" }
    try checkOrigin(request)
    return session ?? ""
  }

  /// Refuses a change that a browser was made to send by somebody else's page.
  ///
  /// - Parameter sent: The token of the form or of the header.
  func checkForm(_ request: Request, session: String, sent: String?) throws(Problem) {
    let isProgram =
      request.headers[.origin] == nil && request.headers[.cookie] == nil
      && HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] } == nil
    if isProgram { return }
    guard let sent, !session.isEmpty, Self.areEqual(sent, formToken(of: session)) else {
      throw Problem(
        .forbidden, "the form is too old, or not from these pages; load the page again and repeat")
    }
  }

  private func checkHost(_ request: Request) throws(Problem) {
    let host = Self.name(inHost: request.head.authority ?? "").lowercased()
    guard hosts.contains(host) || takesAnyAddress && Self.isAddress(host) else {
      throw Problem(
        .forbidden,
        "this server is not called '\(host.prefix(80))'; use the address that it printed, or allow the "
          + "name with --host-name")
    }
  }

  private func checkOrigin(_ request: Request) throws(Problem) {
    let authority = request.head.authority ?? ""
    if let origin = request.headers[.origin] {
      guard origin == "http://\(authority)" || origin == "https://\(authority)" else {
        throw Problem(.forbidden, "the request comes from another site")
      }
    }
    if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
      guard site == "same-origin" || site == "none" else {
        throw Problem(.forbidden, "the request comes from another site")
      }
    }
  }

  /// What may be had without the token: the page that asks for it, and what that page needs.
  private static func isOpen(_ path: String) -> Bool {
    path == "/login" || path == "/assets/workbench.css"
  }

  private func session(of request: Request) -> String? {
    guard let value = request.cookies[Self.cookie]?.value else { return nil }
    let parts = value.split(separator: ".")
    guard parts.count == 2,
      Self.areEqual(String(parts[1]), digest("session \(parts[0])"))
    else { return nil }
    return value
  }

  private func digest(_ text: String) -> String {
    // The secret stands on both sides, so that nothing can be appended.
    contentDigest(Array("\(secret) \(text) \(secret)".utf8))
  }

  /// Whether two texts are equal; takes as long wherever they differ.
  private static func areEqual(_ a: String, _ b: String) -> Bool {
    let (x, y) = (contentDigest(Array(a.utf8)), contentDigest(Array(b.utf8)))
    return zip(x.utf8, y.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// 128 random bits as text.
  static func randomWord() -> String {
    var generator = SystemRandomNumberGenerator()
    let words = [generator.next(), generator.next()] as [UInt64]
    return words.map { String($0, radix: 36) }.joined(separator: "z")
  }

  /// The name in a `Host`, without the port.
  static func name(inHost host: String) -> String {
    if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
    return String(host.prefix { $0 != ":" })
  }

  /// Whether a name is an address of digits.
  static func isAddress(_ name: String) -> Bool {
    var four = in_addr()
    var six = in6_addr()
    return inet_pton(AF_INET, name, &four) == 1 || inet_pton(AF_INET6, name, &six) == 1
  }
}
