import Experiments
import Foundation
import Workbench
let path = CommandLine.arguments[1]
let clock = ContinuousClock()
do {
  let t0 = clock.now
  let scenario = try readScenarioFile(path)
  var options = StudyOptions()
  if CommandLine.arguments.count > 2 { options.replications = Int(CommandLine.arguments[2]) }
  if CommandLine.arguments.count > 3 { options.threads = Int(CommandLine.arguments[3]) }
  let t1 = clock.now
  let r = try await compare(scenario, options: options)
  let t2 = clock.now
  print("read", t1 - t0, "run", t2 - t1, "events", r.study.events)
  for v in r.study.variants {
    print(v.name, "P", v.exhaustion.byHorizon.count, "of", v.exhaustion.byHorizon.n, "median day", v.exhaustion.medianDay as Any)
    for f in v.figures { print("   ", f.figure.rawValue, f.estimate.mean, f.estimate.lower, f.estimate.upper) }
    for t in v.teams { print("   team", t.name, "occ", t.occupancy.map { ($0.mean * 1000).rounded() / 1000 }, "fluid", t.fluid.firstWeekIntensity, t.fluid.lastWeekIntensity) }
    print("   ", v.costStack.map { "\($0.component) \($0.perCase)" })
  }
  print(r.study.recommendation)
} catch {
  for m in WorkbenchError(error).messages { print(m) }
}
