import Foundation
import HTTPTypes
import Hummingbird
import Reporting

/// One request with what is known of it, as handlers see it.
struct Exchange: Sendable {
  /// The request; its body has not been read.
  let request: Request
  /// The route that matched.
  let route: Route
  /// Values of the path's and the query's parameters, checked against the route.
  let parameters: [String: String]
  /// The session of the browser; empty for a program.
  let session: String
  /// What all requests share.
  let workbench: WorkbenchState

  /// The value of a parameter; `nil` where it is not given or blank.
  subscript(_ name: String) -> String? {
    parameters[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value of a parameter that the route demands.
  func required(_ name: String) throws(Problem) -> String {
    if let value = self[name] { return value }
    throw Problem(.badRequest, "the parameter '\(name)' is missing")
  }

  /// A parameter that is a number.
  func number(_ name: String) -> Int? { self[name].flatMap(Int.init) }

  /// Fields of a form, or of a JSON object, that was sent.
  ///
  /// Of fields of one name in a form the last counts. Every field is one that the route names.
  /// - Throws: `Problem` where the body is too large, of another type, or has other fields.
  func fields() async throws -> [String: String] {
    let limit = bodyLimit
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: limit)
    } catch {
      throw Problem(.contentTooLarge, "the body has more than \(limit) bytes")
    }
    let text = String(buffer: buffer)
    let kind = request.headers[.contentType]?.prefix { $0 != ";" } ?? ""
    let fields: [String: String]
    switch kind {
    case "application/x-www-form-urlencoded": fields = formFields(text)
    case "application/json":
      do {
        fields = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
      } catch {
        throw Problem(.badRequest, "the body is not a JSON object whose values are texts")
      }
    // A program that has nothing to say need not say it in JSON.
    case "" where text.isEmpty: fields = [:]
    default:
      throw Problem(
        .unsupportedMediaType, "the body must be application/json (or a form of these pages)")
    }
    return try route.checked(fields)
  }
}

/// Most bytes of a form or of a JSON object; files have limits of their own.
let bodyLimit = 1 << 20

/// Fields of a form as a browser encodes them; of several of one name the last counts.
func formFields(_ text: String) -> [String: String] {
  var fields: [String: String] = [:]
  for pair in text.split(separator: "&") {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    func decoded(_ part: Substring) -> String {
      part.replacing("+", with: " ").removingPercentEncoding ?? String(part)
    }
    fields[decoded(parts[0])] = parts.count > 1 ? decoded(parts[1]) : ""
  }
  return fields
}

/// A text as it may stand as a value in a query.
func queryValue(_ text: String) -> String {
  var allowed = CharacterSet.alphanumerics
  allowed.insert(charactersIn: "-._~")
  return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
}

/// A path with a query; what has no value is left out.
func link(_ path: String, _ query: KeyValuePairs<String, String?> = [:]) -> String {
  let parts = query.compactMap { name, value in
    value.flatMap { $0.isEmpty ? nil : "\(name)=\(queryValue($0))" }
  }
  return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
}

extension Response {
  /// A value as JSON.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    Response(text: try jsonText(value), "application/json", status: status)
  }

  /// A text of a media type.
  init(text: String, _ type: String, status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A page that was written as a file of its own: it brings its own policy, which allows its scripts; here
  /// they run apart from these pages.
  static func apart(
    _ bytes: Data, _ type: String = "text/html; charset=utf-8"
  ) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .cacheControl: "no-store",
        .contentSecurityPolicy: "sandbox allow-scripts allow-downloads; frame-ancestors 'none'",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Sends the browser to another page, which it gets.
  static func redirect(to place: String) -> Response {
    Response(status: .seeOther, headers: [.location: place, .cacheControl: "no-store"])
  }
}
