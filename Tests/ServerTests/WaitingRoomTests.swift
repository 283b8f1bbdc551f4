import Hummingbird
import Synchronization
import Testing

@testable import Server

/// Pages that take longer than a reader should wait.
@Suite struct WaitingRoomTests {
  private struct Failure: Error {}

  /// A page that is made when it is told to be, and counts how often it was begun.
  private final class SlowPage: Sendable {
    let begun = Atomic(0)
    private let gate: AsyncStream<Void>
    private let open: AsyncStream<Void>.Continuation

    init() { (gate, open) = AsyncStream.makeStream() }

    func finish() { open.finish() }

    func make(fails: Bool = false) async throws -> Response {
      begun.add(1, ordering: .relaxed)
      for await _ in gate {}
      if fails { throw Failure() }
      return Response(status: .ok)
    }
  }

  @Test func whoAsksAgainGetsWhatWasBegun() async throws {
    let room = WaitingRoom(patience: .milliseconds(1))
    let page = SlowPage()
    #expect(try await room.page("a", state: "1") { try await page.make() } == nil)
    #expect(try await room.page("a", state: "1") { try await page.make() } == nil)
    page.finish()
    while try await room.page("a", state: "1", make: { try await page.make() }) == nil {}
    #expect(page.begun.load(ordering: .relaxed) == 1)
  }

  @Test func aFailureIsToldAndNotKept() async throws {
    let room = WaitingRoom(patience: .milliseconds(1))
    let page = SlowPage()
    #expect(try await room.page("a", state: "1") { try await page.make(fails: true) } == nil)
    page.finish()
    await #expect(throws: Failure.self) {
      while try await room.page("a", state: "1", make: { try await page.make() }) == nil {}
    }
    while try await room.page("a", state: "1", make: { try await page.make() }) == nil {}
    #expect(page.begun.load(ordering: .relaxed) == 2)
  }

  @Test func whatWasBegunBeforeAChangeIsNotShown() async throws {
    let room = WaitingRoom(patience: .milliseconds(1))
    let pages = [SlowPage(), SlowPage(), SlowPage()]
    #expect(try await room.page("a", state: "1") { try await pages[0].make() } == nil)
    #expect(try await room.page("a", state: "2") { try await pages[1].make() } == nil)
    await room.forget()
    #expect(try await room.page("a", state: "2") { try await pages[2].make() } == nil)
    #expect(pages.map { $0.begun.load(ordering: .relaxed) } == [1, 1, 1])
    for page in pages { page.finish() }
  }

  @Test func aReaderIsToldToWaitAndAProgramIsNot() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three, patience: .zero)
    let session = workbench.state.gate.newSession()
    var answer = try await workbench.page("/audit", session: session)
    // With no patience at all, whether the first answer is there in time is a matter of luck.
    while answer.status == 202 {
      #expect(answer.header("Refresh") == "1" && answer.text.contains("One moment"))
      answer = try await workbench.page("/audit", session: session)
    }
    #expect(answer.status == 200 && answer.text.contains("Invoice Bot"))
    #expect(answer.header("Refresh") == nil)
    #expect(try await workbench.ask(.get, "/audit").status == 200)
  }
}
