/// Answers that are costly to make: the latest few are kept for as long as they are true.
///
/// Whoever asks for what is being made waits for that one.
actor KeptAnswers<Value: Sendable> {
  private struct Kept {
    var stamp: String
    var value: Task<Value, any Error>
    var lastUse: Int
  }

  private var kept: [String: Kept] = [:]
  private var uses = 0
  private let most: Int

  /// Creates a place for so many answers.
  init(most: Int) { self.most = most }

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - stamp: changes whenever the answer may.
  ///   - make: makes the answer; a failure is not kept.
  func answer(
    _ question: String, stamp: String, make: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    uses += 1
    let value: Task<Value, any Error>
    if let known = kept[question], known.stamp == stamp {
      value = known.value
    } else {
      value = Task { try await make() }
    }
    kept[question] = Kept(stamp: stamp, value: value, lastUse: uses)
    if kept.count > most, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      kept[oldest.key] = nil
    }
    do {
      return try await value.value
    } catch {
      if kept[question]?.value == value { kept[question] = nil }
      throw error
    }
  }
}
