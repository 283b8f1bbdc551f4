import Dispatch
import Experiments
import Foundation
import Simulation
import Workbench

/// What the first Ctrl-C ends; kept for as long as the program runs.
private nonisolated(unsafe) var interruptSource: (any DispatchSourceSignal)?

/// Makes Ctrl-C end the runs of a control, so that what was done by then is shown; a second one ends the
/// program at once.
func stopOnInterrupt(_ control: RunControl) {
  let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
  source.setEventHandler {
    control.stop(.interrupted)
    Terminal.note("\nInterrupted: showing what is done; press Ctrl-C again to end at once.")
    signal(SIGINT, SIG_DFL)
  }
  signal(SIGINT, SIG_IGN)
  source.activate()
  interruptSource = source
}

/// Says that the results are of fewer replications than asked for, and ends with the exit code for it.
func endWhereStopped(_ interruption: Interruption?) throws {
  guard let interruption else { return }
  let why = interruption.reason == .interrupted ? "interrupted" : "stopped by --max-time"
  Terminal.note(
    "\(why): \(interruption.done) of \(interruption.requested) replications, those of the results")
  Foundation.exit(interruption.reason.exitCode)
}
