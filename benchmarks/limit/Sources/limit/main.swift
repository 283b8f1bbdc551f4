import Dispatch
import Glibc

// usage: limit w1|w2|w3 CASES [SEED] [THREADS]
// Prints one line of JSON: the case's mean time, processor seconds of the runs, and wall seconds of all.
// With several threads each plays CASES cases with a seed of its own.

func seconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Int(usage.ru_maxrss) * 1024
}

func run(_ workload: String, _ cases: Int, _ seed: UInt64) -> Outcome {
  switch workload {
  case "w1": return singleQueue(customers: cases, seed: seed)
  case "w2": return manyServers(customers: cases, seed: seed)
  default:
    var process = LoanProcess(seed: seed)
    return process.run(cases: cases)
  }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, ["w1", "w2", "w3"].contains(arguments[1]),
  let cases = Int(arguments[2]), cases > 0
else {
  print("usage: limit w1|w2|w3 CASES [SEED] [THREADS]")
  exit(64)
}
let workload = arguments[1]
let seed = arguments.count > 3 ? UInt64(arguments[3]) ?? 42 : 42
let threads = arguments.count > 4 ? max(1, Int(arguments[4]) ?? 1) : 1

let wallBefore = seconds(of: CLOCK_MONOTONIC)
let processorBefore = seconds(of: CLOCK_PROCESS_CPUTIME_ID)
let outcomes = UnsafeMutablePointer<Outcome>.allocate(capacity: threads)
outcomes.initialize(repeating: Outcome(), count: threads)
nonisolated(unsafe) let results = outcomes
DispatchQueue.concurrentPerform(iterations: threads) {
  results[$0] = run(workload, cases, seed &+ UInt64($0))
}
let processor = seconds(of: CLOCK_PROCESS_CPUTIME_ID) - processorBefore
let wall = seconds(of: CLOCK_MONOTONIC) - wallBefore
let first = outcomes[0]
print(
  "{\"engine\": \"limit\", \"workload\": \"\(workload)\", \"cases\": \(cases), "
    + "\"threads\": \(threads), \"events\": \(first.events), \"processor_seconds\": \(processor), "
    + "\"wall_seconds\": \(wall), \"mean_time\": \(first.meanTime), \"tickets\": \(first.tickets), "
    + "\"peak_memory_bytes\": \(peakMemory())}")
