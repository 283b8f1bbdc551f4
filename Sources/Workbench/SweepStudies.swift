public import Experiments
import Facts
public import Scenarios
public import Simulation

// The verbs of `rehearse sweep` beyond the grid: most make designs of a scenario at points of a space and hand
// them to a study of `Experiments`.

/// What a study of inputs takes beside the options of every study.
public struct InputStudyOptions: Sendable {
  /// Options of every study; replications are those at each point.
  public var run: StudyOptions
  /// Ranges said on the command line: dotted path, lowest and highest value; empty for the scenario's
  /// `uncertain`.
  public var ranges: [InputRange]
  /// Measures looked at; empty for the usual ones.
  public var measures: [StudyMeasure]

  /// Creates options.
  public init(
    run: StudyOptions = StudyOptions(), ranges: [InputRange] = [],
    measures: [StudyMeasure] = []
  ) {
    self.run = run
    self.ranges = ranges
    self.measures = measures
  }

  /// Measures looked at where nothing else is asked for.
  public static let usualMeasures: [StudyMeasure] = [
    .figure(.costPerCase), .figure(.timeToCompletion), .backlog, .exhaustion,
  ]

  var wantedMeasures: [StudyMeasure] { measures.isEmpty ? Self.usualMeasures : measures }
}

/// A question about the inputs of a scenario, and how it is answered.
public struct InputStudy<Answer: Sendable>: Sendable {
  /// Points that are looked at, or nearly so many, of so many inputs.
  fileprivate var points: @Sendable (_ inputs: Int) -> Int
  /// Replications at each where nothing else is asked for.
  fileprivate var replications: Int
  fileprivate var answer: @Sendable (PreparedStudy) async throws -> Answer
}

extension InputStudy<SensitivityResult> {
  /// Which inputs matter at all, by Morris's method.
  public static func screening(paths: Int) -> Self {
    Self(points: { paths * ($0 + 1) }, replications: 5) { study in
      try await screenInputs(
        study.space, paths: paths, replications: study.replications, measures: study.measures,
        seed: study.seed, runner: study.runner, control: study.control)
    }
  }

  /// How much of the spread each input explains: Sobol indices.
  public static func sobol(rows: Int) -> Self {
    Self(points: { rows * ($0 + 2) }, replications: 5) { study in
      try await sobolIndices(
        study.space, rows: rows, replications: study.replications, measures: study.measures,
        seed: study.seed, runner: study.runner, control: study.control)
    }
  }
}

extension InputStudy<UncertaintyResult> {
  /// Noise and ignorance, apart.
  public static func uncertainty(draws: Int) -> Self {
    Self(points: { _ in draws }, replications: 5) { study in
      try await studyUncertainty(
        study.space, draws: draws, replications: study.replications, measures: study.measures,
        seed: study.seed, runner: study.runner, control: study.control)
    }
  }
}

extension InputStudy<SampleResult> {
  /// What comes of many points.
  public static func sample(count: Int) -> Self {
    Self(points: { _ in count }, replications: 20) { study in
      try await sampleStudy(
        study.space, count: count, replications: study.replications, measures: study.measures,
        seed: study.seed, runner: study.runner, control: study.control)
    }
  }
}

extension InputStudy<TippingResult> {
  /// Where along one range a verdict tips.
  public static func tippingPoint(_ question: TippingQuestion, effort: TippingEffort) -> Self {
    Self(points: { _ in 2 * effort.halvings + 2 }, replications: effort.replications) { study in
      var effort = effort
      effort.replications = study.replications
      effort.maximum = max(effort.maximum, effort.replications)
      return try await findTippingPoint(
        study.space, question: question, effort: effort, seed: study.seed, runner: study.runner,
        control: study.control)
    }
  }
}

extension InputStudy<SafeValue> {
  /// The smallest or largest value of one range that keeps the risk of a variant under a bound.
  ///
  /// - Parameters:
  ///   - variant: its name; `nil` for the baseline.
  ///   - steps: of the range; `nil` for every whole number, else 16.
  public static func safeValue(variant: String?, bound: Double, steps: Int?) -> Self {
    Self(points: { _ in 8 }, replications: 200) { study in
      let design = try study.space.design([0])
      // Of whole numbers every one is a step.
      let ends = study.parameters.first.map { ($0.value(at: 0), $0.value(at: 1)) }
      let whole = study.parameters.first.flatMap { parameter -> Int? in
        guard parameter.isWhole, let ends else { return nil }
        func number(_ text: String) -> Int? { Int(text.prefix { $0.isNumber }) }
        guard let low = number(ends.0), let high = number(ends.1), high != low else { return nil }
        return abs(high - low)
      }
      let result = try await findSafeValue(
        study.space, variant: variant ?? design.variants[design.baseline].name, bound: bound,
        steps: max(1, steps ?? whole ?? 16), replications: study.replications, seed: study.seed,
        runner: study.runner, control: study.control)
      return SafeValue(result: result, workingDates: study.scenario.workingDates.map(\.description))
    }
  }
}

/// A value that keeps a risk under a bound, and the dates that its days are.
public struct SafeValue: Sendable {
  /// What was found.
  public var result: SafeValueResult
  /// Date of each working day, from day 0 on.
  public var workingDates: [String]
}

/// Why a variant of a scenario is exhausted.
public func attributeExhaustion(
  _ loaded: LoadedScenario, variant: String?, options: StudyOptions = StudyOptions(),
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> (scenario: CompiledScenario, causes: ExhaustionCauses) {
  do {
    let (compiled, design) = try study(of: loaded.scenario, options: options)
    let total = 2 * design.variants.count * design.replications
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    let causes = try await options.limits.watching(control) {
      try await attributeExhaustion(
        design, variant: variant, runner: options.runner, control: control)
    }
    return (compiled, causes)
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}

/// How the best variant is looked for.
public struct VariantSelectionOptions: Sendable {
  /// The figure.
  public var figure: Figure
  /// The smallest difference that matters, in the figure's unit; `nil` for the scenario's.
  public var difference: Double?
  /// Whether variants have streams of their own, for a budget.
  public var isIndependent: Bool
  /// Replications: of each variant, or of all together with independent streams.
  public var maximum: Int

  /// Creates options.
  public init(figure: Figure, difference: Double?, isIndependent: Bool, maximum: Int) {
    self.figure = figure
    self.difference = difference
    self.isIndependent = isIndependent
    self.maximum = maximum
  }
}

/// The best variant of a scenario, with as few replications as it takes.
public func selectVariant(
  _ loaded: LoadedScenario, selecting: VariantSelectionOptions,
  options: StudyOptions = StudyOptions(), stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> VariantSelection {
  do {
    let (_, design) = try study(of: loaded.scenario, options: options)
    guard design.variants.count > 1 else {
      throw WorkbenchError.badInput([
        "\(loaded.scenario.path): the scenario has one variant; there is nothing to choose from"
      ])
    }
    guard
      let difference = selecting.difference ?? design.practicalSignificance[selecting.figure],
      difference > 0
    else {
      throw WorkbenchError.badInput([
        "\(loaded.scenario.path): it is not said which difference in \(selecting.figure.rawValue) "
          + "matters; give --within, or a value above 0 under experiment.matters"
      ])
    }
    let total = selecting.maximum * (selecting.isIndependent ? 1 : design.variants.count)
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    return try await options.limits.watching(control) {
      selecting.isIndependent
        ? try await allocateBudget(
          design, figure: selecting.figure, difference: difference, budget: selecting.maximum,
          runner: options.runner, control: control)
        : try await selectVariant(
          design, figure: selecting.figure, difference: difference, maximum: selecting.maximum,
          runner: options.runner, control: control)
    }
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}

/// What the team queues of one variant settle to.
public func findSteadyState(
  _ loaded: LoadedScenario, variant: String? = nil, options: StudyOptions = StudyOptions(),
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> SteadyStateResult {
  do {
    var local = options
    local.variants = variant.map { [$0] } ?? []
    var (_, design) = try study(of: loaded.scenario, options: local)
    let name = variant ?? design.variants[design.baseline].name
    design.variants.removeAll { $0.name != name }
    design.baseline = 0
    design.precision = nil
    let chosen = design
    let total = design.replications
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    return try await options.limits.watching(control) {
      try await findSteadyState(chosen, runner: options.runner, control: control)
    }
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}

/// A space of a scenario, ready to be studied.
struct PreparedStudy: Sendable {
  var scenario: CompiledScenario
  var parameters: [UncertainParameter]
  var space: StudySpace
  var measures: [StudyMeasure]
  var replications: Int
  var seed: UInt64
  var runner: LocalReplicationRunner
  var control: RunControl
}

/// Asks a question about the inputs of a scenario.
///
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
/// - Throws: `WorkbenchError.badInput` where it is not said which inputs, or the scenario cannot be run with them.
public func studyInputs<Answer: Sendable>(
  _ loaded: LoadedScenario, options: InputStudyOptions, _ study: InputStudy<Answer>,
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> Answer {
  let scenario = loaded.scenario
  do {
    var parameters: [UncertainParameter] = []
    for range in options.ranges {
      parameters.append(
        try scenario.parameter(range.path, low: range.low, high: range.high))
    }
    if options.ranges.isEmpty { parameters = scenario.uncertain }
    guard !parameters.isEmpty else {
      throw WorkbenchError.badInput([
        "\(scenario.path): it is not said which parameters are to vary; add a section 'uncertain' "
          + "(see docs/reference/scenario-keys.md) or give --range PATH=LOW..HIGH"
      ])
    }
    let chosen = parameters
    let (compiled, first) = try Workbench.study(of: scenario, options: options.run)
    let local = options.run
    let space = StudySpace(
      inputs: chosen.map { parameter in
        StudyInput(
          name: parameter.name, title: parameter.title, sample: parameter.sample,
          value: { parameter.value(at: $0) })
      },
      design: { coordinates in
        var changed = local
        for (parameter, coordinate) in zip(chosen, coordinates) {
          let value = parameter.value(at: coordinate)
          changed.changes += parameter.paths.map { ($0, value) }
        }
        return try Workbench.study(of: scenario, options: changed).1
      })
    let each = options.run.replications ?? study.replications
    let total = study.points(chosen.count) * each * first.variants.count
    let control = options.run.limits.control { progress($0, total) }
    stopping(control)
    let prepared = PreparedStudy(
      scenario: compiled, parameters: chosen, space: space, measures: options.wantedMeasures,
      replications: each, seed: first.seed, runner: options.run.runner, control: control)
    return try await options.run.limits.watching(control) { try await study.answer(prepared) }
  } catch {
    throw WorkbenchError(error, in: scenario.path)
  }
}
