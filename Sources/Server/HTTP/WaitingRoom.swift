import HTTPTypes
import Hummingbird
import Reporting

/// Pages that take longer than a reader should wait: the reader is told so at once, and the page comes
/// by itself when it is there.
///
/// What was begun for a reader goes on meanwhile; whoever asks for the same gets that, also where it failed,
/// so that nobody is told to wait for ever.
actor WaitingRoom {
  private struct Wait {
    var state: String
    var page: Task<Response, any Error>
    var begun: Int
  }

  private var waits: [String: Wait] = [:]
  private var count = 0
  private let patience: Duration
  private static let most = 64

  /// Creates a waiting room.
  ///
  /// - Parameter patience: Longest time until a reader is told to wait.
  init(patience: Duration) { self.patience = patience }

  /// The page; `nil` where it is not there yet.
  ///
  /// - Parameters:
  ///   - question: what is asked for, and by whom.
  ///   - state: changes whenever the page may.
  func page(
    _ question: String, state: String, make: @escaping @Sendable () async throws -> Response
  ) async throws -> Response? {
    count += 1
    let page: Task<Response, any Error>
    if let wait = waits[question], wait.state == state {
      page = wait.page
    } else {
      page = Task { try await make() }
      waits[question] = Wait(state: state, page: page, begun: count)
      if waits.count > Self.most, let oldest = waits.min(by: { $0.value.begun < $1.value.begun }) {
        waits[oldest.key] = nil
      }
    }
    guard await isThere(page) else { return nil }
    if waits[question]?.page == page { waits[question] = nil }
    return try await page.value
  }

  /// Lets go of everything: something was changed.
  func forget() { waits = [:] }

  private func isThere(_ page: Task<Response, any Error>) async -> Bool {
    let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
    Task {
      _ = await page.result
      answer.yield(true)
      answer.finish()
    }
    let clock = Task { [patience] in
      try? await Task.sleep(for: patience)
      answer.yield(false)
      answer.finish()
    }
    defer { clock.cancel() }
    for await isThere in answers { return isThere }
    return false
  }
}

/// What a reader sees meanwhile; the browser asks again by itself after a second.
func waitingPage(_ exchange: Exchange) -> Response {
  var headers = HTTPFields()
  if let name = HTTPField.Name("Refresh") { headers[name] = "1" }
  return WorkbenchPage(exchange, "One moment", here: exchange.route.path).response(
    [
      heading("One moment"),
      element(
        "p", ["id": "waiting", "role": "status"],
        "This page is being computed, for the first time since the server started or something changed. It "
          + "comes by itself."),
      paragraph([anchor("Look again", to: exchange.request.uri.string)]),
    ], status: .accepted, headers: headers)
}
