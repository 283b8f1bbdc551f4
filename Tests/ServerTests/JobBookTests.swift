import Foundation
import HTTPTypes
import Simulation
import Synchronization
import Testing
import Workbench

@testable import Server

/// Long work: kept, watched, cancelled, interrupted.
@Suite struct JobBookTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "jobs-\(UUID().uuidString)")

  /// Work that lasts until it is stopped.
  private static let endless: JobBook.Work = { _, control in
    while !control.isStopped { try await Task.sleep(for: .milliseconds(5)) }
    throw WorkbenchError.stopped("stopped, as asked", .interrupted)
  }

  /// Waits until a job runs.
  private func untilRunning(_ id: Int, _ book: JobBook) async {
    for await job in await book.states(of: id) where job.state == .running { return }
  }

  @Test func jobsAreDoneOneAfterTheOther() async throws {
    let order = Order()
    let book = try JobBook(folder: folder) { job, _ in
      await order.add("begin \(job.id)")
      try await Task.sleep(for: .milliseconds(20))
      await order.add("end \(job.id)")
      return JobOutcome(message: "done")
    }
    for _ in 1...3 { _ = try await book.submit(.study, title: "a study", parameters: [:]) }
    let last = await book.wait(for: 3)
    #expect(last?.state == .done)
    #expect(await order.words == ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"])
  }

  @Test func whatRanWhenTheServerEndedIsInterruptedAndGoesOn() async throws {
    // The first server is killed: nobody closes its book.
    let killed = try JobBook(folder: folder, work: Self.endless)
    _ = try await killed.submit(.importing, title: "Import a", parameters: ["path": "/a"])
    _ = try await killed.submit(.importing, title: "Import b", parameters: ["path": "/b"])
    await untilRunning(1, killed)

    let book = try JobBook(folder: folder) { job, _ in
      JobOutcome(message: "imported \(job.parameters["path"] ?? "")")
    }
    #expect(await book.jobs.map(\.state) == [.interrupted, .interrupted])
    #expect(await book.job(1)?.message.contains("running") == true)
    #expect(await book.job(2)?.message.contains("waiting") == true)
    let again = try #require(try await book.goOn(1))
    #expect(again.id == 3)
    #expect(await book.wait(for: 3)?.message == "imported /a")
    // What is done cannot go on.
    await #expect(throws: WorkbenchError.self) { try await book.goOn(3) }
    _ = await killed.cancel(1)
  }

  @Test func whatRunsAndWhatWaitsAreCancelled() async throws {
    let book = try JobBook(folder: folder, work: Self.endless)
    _ = try await book.submit(.study, title: "a", parameters: [:])
    _ = try await book.submit(.study, title: "b", parameters: [:])
    await untilRunning(1, book)
    #expect(await book.cancel(2)?.state == .cancelled)
    _ = await book.cancel(1)
    let job = await book.wait(for: 1)
    #expect(job?.state == .cancelled)
    #expect(job?.message == "stopped, as asked")
    #expect(await book.cancel(9) == nil)
  }

  @Test func closingInterruptsAndEndsEveryWatch() async throws {
    let book = try JobBook(folder: folder, work: Self.endless)
    _ = try await book.submit(.study, title: "a", parameters: [:])
    _ = try await book.submit(.study, title: "b", parameters: [:])
    await untilRunning(1, book)
    let watch = Task { () -> Job.State? in
      var last: Job.State?
      for await job in await book.states(of: 2) { last = job.state }
      return last
    }
    await book.close()
    _ = await watch.value
    #expect(await book.jobs.map(\.state) == [.interrupted, .interrupted])
    await #expect(throws: WorkbenchError.self) {
      try await book.submit(.study, title: "c", parameters: [:])
    }
  }

  @Test func progressNeverGoesBack() async throws {
    let book = try JobBook(folder: folder) { _, control in
      for step in 0...50 { control.report(Double(step), of: 50, "step \(step)") }
      return JobOutcome(message: "done")
    }
    let job = try await book.submit(.study, title: "a", parameters: [:])
    var seen: [Double] = []
    for await state in await book.states(of: job.id) { seen.append(state.done) }
    #expect(seen == seen.sorted())
  }

  @Test func aFailureSaysWhy() async throws {
    let book = try JobBook(folder: folder) { _, _ in
      throw WorkbenchError.badInput(["a.csv:3: what", "b.csv: what else"])
    }
    let job = try await book.submit(.importing, title: "a", parameters: [:])
    let ended = await book.wait(for: job.id)
    #expect(ended?.state == .failed)
    #expect(ended?.problems == ["a.csv:3: what", "b.csv: what else"])
    // It is kept as it ended.
    let later = try JobBook(folder: folder, work: Self.endless)
    #expect(await later.job(job.id) == ended)
  }

  @Test func aFileThatIsNoJobIsLeftAlone() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "7.json")
    try Data("no job".utf8).write(to: file)
    let book = try JobBook(folder: folder, work: Self.endless)
    #expect(await book.jobs.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8) == "no job")
  }

  private actor Order {
    var words: [String] = []

    func add(_ word: String) { words.append(word) }
  }
}
