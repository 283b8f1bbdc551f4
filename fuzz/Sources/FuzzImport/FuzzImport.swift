import Importing
import Inventory

/// What libFuzzer calls with each input: the bytes of one file, imported as if it lay alone in a folder.
///
/// A trap, a hang or memory without end is reported by libFuzzer; what else must hold is checked here.
@_cdecl("LLVMFuzzerTestOneInput")
public func importOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let documents = importFiles(inMemory: [(path: "input", bytes: bytes)])
  precondition(!documents.isEmpty, "a file vanished")
  for document in documents {
    precondition(
      document.status != .failed || !document.problems.isEmpty, "a failure without a reason")
  }
  let estate = Estate(merging: documents)
  precondition(estate == Estate(merging: documents.reversed()), "the order of files mattered")
  return 0
}
