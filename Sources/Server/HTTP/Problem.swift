import HTTPTypes
import Hummingbird
import Reporting
import Workbench

/// Why a request was not answered as asked: a status and sentences for people (RFC 9457).
struct Problem: Error, Sendable, Equatable {
  /// The status.
  var status: HTTPResponse.Status
  /// What was found, what was expected, what to do; one sentence per problem.
  var messages: [String]
  /// Further headers of the answer.
  var headers: HTTPFields = [:]

  /// A problem in one sentence.
  init(_ status: HTTPResponse.Status, _ message: String) {
    self.status = status
    messages = [message]
  }

  /// Several things that are wrong with what was sent.
  init(_ messages: [String]) {
    status = .unprocessableContent
    self.messages = messages
  }

  /// What an error of a verb is to a browser: the one place that turns them into statuses.
  init(_ error: WorkbenchError) {
    switch error {
    case .badInput: status = .unprocessableContent
    case .stopped: status = .conflict
    case .missingPart: status = .serviceUnavailable
    case .internalFault: status = .internalServerError
    }
    messages = error.messages
  }

  /// A problem of any error.
  init(any error: any Error) {
    switch error {
    case let error as Problem: self = error
    case let error as WorkbenchError: self.init(error)
    case let error as any HTTPResponseError:
      self.init(error.status, "the request cannot be read (\(error.status))")
    default: self.init(WorkbenchError(error))
    }
  }

  /// The status in words.
  var title: String {
    switch status {
    case .badRequest: "The request cannot be used"
    case .unauthorized: "A token is needed"
    case .forbidden: "Not from there"
    case .notFound: "There is no such page"
    case .methodNotAllowed: "Not in this way"
    case .contentTooLarge: "Too large"
    case .unprocessableContent: "That cannot be done"
    case .serviceUnavailable: "A part is missing"
    default: status.code >= 500 ? "A fault of the program" : "That cannot be done"
    }
  }

  /// The problem as `application/problem+json`.
  func json() -> Response {
    let document = ProblemDocument(
      type: "about:blank", title: title, status: status.code,
      detail: messages.joined(separator: "\n"))
    let text = (try? jsonText(document)) ?? "{}"
    var response = Response(text: text, "application/problem+json", status: status)
    response.headers.append(contentsOf: headers)
    return response
  }
}

/// The document of a problem, by RFC 9457.
struct ProblemDocument: Codable, Equatable {
  var type: String
  var title: String
  var status: Int
  var detail: String
}
