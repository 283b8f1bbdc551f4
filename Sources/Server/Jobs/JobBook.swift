import Experiments
import Foundation
import Workbench

/// All jobs of a workspace: kept in files, done one after the other, watched by any number of pages.
///
/// One job runs at a time: studies use all cores but one, and imports write to the one database.
actor JobBook {
  /// Carries a job out.
  typealias Work = @Sendable (Job, JobControl) async throws -> JobOutcome

  private let folder: URL
  private let work: Work
  private var all: [Int: Job] = [:]
  private var running: (id: Int, control: JobControl, task: Task<Void, Never>)?
  /// What the job that runs shows so far.
  private var interim: (id: Int, study: InterimStudy)?
  private var watchers: [Int: [UUID: AsyncStream<Job>.Continuation]] = [:]
  private var isClosed = false

  /// Opens the jobs of a folder.
  ///
  /// What ran or waited when the server ended is interrupted. A file that is no job is left alone.
  /// - Throws: `WorkbenchError.badInput` where the folder cannot be used.
  init(folder: URL, work: @escaping Work) throws(WorkbenchError) {
    self.folder = folder
    self.work = work
    try WorkspaceFolder.make(folder)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for file in files.sorted() where file.hasSuffix(".json") {
      guard let data = try? Data(contentsOf: folder.appending(path: file)),
        var job = try? JSONDecoder().decode(Job.self, from: data)
      else { continue }
      if !job.state.isFinal {
        job.state = .interrupted
        job.message =
          "The server ended while this was \(job.started == nil ? "waiting" : "running")."
        try? Self.write(job, to: folder)
      }
      all[job.id] = job
    }
  }

  /// All jobs, latest first.
  var jobs: [Job] { all.values.sorted { $1.id < $0.id } }

  /// The job of a number; `nil` where there is none.
  func job(_ id: Int) -> Job? { all[id] }

  /// What a job that runs shows so far; `nil` where it shows nothing, or has ended.
  func figures(of id: Int) -> InterimStudy? {
    guard let interim, interim.id == id else { return nil }
    return interim.study
  }

  /// Takes a job on.
  func submit(
    _ kind: Job.Kind, title: String, parameters: [String: String]
  ) throws(WorkbenchError) -> Job {
    guard !isClosed else { throw .badInput(["the server is ending; ask again when it is back"]) }
    let job = Job(
      id: (all.keys.max() ?? 0) + 1, kind: kind, title: title, parameters: parameters,
      created: now())
    try Self.write(job, to: folder)
    all[job.id] = job
    startNext()
    return job
  }

  /// Takes a job on again that was interrupted, cancelled or failed, as a new one.
  ///
  /// - Parameter parameters: what it needs to be carried out; `nil` for what it needed.
  func goOn(
    _ id: Int, with parameters: [String: String]? = nil
  ) throws(WorkbenchError) -> Job? {
    guard let job = all[id] else { return nil }
    guard job.canGoOn else {
      throw .badInput(["job \(id) is \(job.state.rawValue); only one that was stopped can go on"])
    }
    return try submit(job.kind, title: job.title, parameters: parameters ?? job.parameters)
  }

  /// Cancels a job that waits or runs.
  ///
  /// - Returns: the job; `nil` where there is none of this number.
  func cancel(_ id: Int) -> Job? {
    guard let job = all[id] else { return nil }
    if running?.id == id {
      running?.control.stop()
    } else if job.state == .waiting {
      change(id) { $0.end(.cancelled, "Cancelled before it began.", at: now()) }
    }
    return all[id]
  }

  /// Every state of a job from now on; ends with the job.
  func states(of id: Int) -> AsyncStream<Job> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Job.self, bufferingPolicy: .bufferingNewest(1))
    guard let job = all[id] else {
      continuation.finish()
      return stream
    }
    continuation.yield(job)
    if job.state.isFinal || isClosed {
      continuation.finish()
      return stream
    }
    let watcher = UUID()
    watchers[id, default: [:]][watcher] = continuation
    continuation.onTermination = { _ in Task { await self.forget(watcher, of: id) } }
    return stream
  }

  /// Waits until a job has ended.
  func wait(for id: Int) async -> Job? {
    for await job in states(of: id) where job.state.isFinal { return job }
    return all[id]
  }

  /// Ends: what runs or waits is interrupted, and can go on after a restart.
  func close() async {
    isClosed = true
    if let running {
      running.control.stop()
      await running.task.value
    }
    for job in jobs where !job.state.isFinal {
      change(job.id) { $0.end(.interrupted, "The server ended before this began.", at: now()) }
    }
    for continuation in watchers.values.flatMap(\.values) { continuation.finish() }
  }

  private func forget(_ watcher: UUID, of id: Int) { watchers[id]?[watcher] = nil }

  private func startNext() {
    guard running == nil, !isClosed,
      let next = all.values.filter({ $0.state == .waiting }).min(by: { $0.id < $1.id })
    else { return }
    let id = next.id
    change(id) {
      $0.state = .running
      $0.started = now()
    }
    let control = JobControl(
      tell: { done, total, message in
        Task { await self.progress(of: id, done, total, message) }
      }, show: { study in Task { await self.shows(id, study) } })
    let job = all[id] ?? next
    let work = work
    let task = Task.detached {
      do {
        let outcome = try await work(job, control)
        await self.ended(id, .success(outcome), wasStopped: control.isStopped)
      } catch {
        await self.ended(id, .failure(error), wasStopped: control.isStopped)
      }
    }
    running = (id, control, task)
  }

  private func progress(of id: Int, _ done: Double, _ total: Double, _ message: String) {
    // Reports may overtake one another on their way here.
    guard let job = all[id], job.state == .running, done >= job.done || total != job.total else {
      return
    }
    change(id, isKept: false) {
      $0.done = done
      $0.total = total
      $0.message = message
    }
  }

  private func shows(_ id: Int, _ study: InterimStudy) {
    // What is shown may overtake what is shown, and the end of the job.
    guard let job = all[id], job.state == .running, study.study.replications > job.shown ?? 0 else {
      return
    }
    interim = (id, study)
    change(id, isKept: false) { $0.shown = study.study.replications }
  }

  private func ended(_ id: Int, _ result: Result<JobOutcome, any Error>, wasStopped: Bool) {
    interim = nil
    change(id) { job in
      job.shown = nil
      switch result {
      case .success(let outcome):
        let stopped: Job.State = isClosed ? .interrupted : .cancelled
        job.end(outcome.isComplete ? .done : stopped, outcome.message, at: now())
        if outcome.isComplete { job.done = job.total }
        job.problems = outcome.problems
        job.result = outcome.result
      case .failure(let error):
        let messages = WorkbenchError(error).messages
        if wasStopped {
          let state: Job.State = isClosed ? .interrupted : .cancelled
          job.end(state, messages.first ?? "", at: now())
        } else {
          job.end(.failed, messages.first ?? "", at: now())
          job.problems = messages
        }
      }
    }
    running = nil
    startNext()
  }

  /// Changes a job, tells those who watch it, and keeps it.
  private func change(_ id: Int, isKept: Bool = true, _ body: (inout Job) -> Void) {
    guard var job = all[id] else { return }
    body(&job)
    all[id] = job
    // Where the disk is full the job goes on; after a restart it will be as it was kept last.
    if isKept { try? Self.write(job, to: folder) }
    for continuation in (watchers[id] ?? [:]).values {
      continuation.yield(job)
      if job.state.isFinal { continuation.finish() }
    }
    if job.state.isFinal { watchers[id] = nil }
  }

  private static func write(_ job: Job, to folder: URL) throws(WorkbenchError) {
    let file = folder.appending(path: "\(job.id).json")
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      try encoder.encode(job).write(to: file, options: .atomic)
    } catch {
      throw .badInput([
        "\(file.path): the job cannot be kept (\(error.localizedDescription)); check the disk"
      ])
    }
  }
}

extension Job {
  fileprivate mutating func end(_ state: State, _ message: String, at time: String) {
    self.state = state
    self.message = message
    ended = time
  }
}

/// Now, ISO 8601.
func now() -> String { Date().formatted(.iso8601) }

/// Does work that blocks on a thread of its own, so that no thread of Swift's pool waits for it.
func onThread<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try work() }) }
    // As much as the main thread has: deep documents are read by recursion.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
