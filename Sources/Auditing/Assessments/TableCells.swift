import Facts
import Inventory

extension AssessmentTable.Cell {
  /// Whether something is seen in files: yes, no where a file would show it, else unknown.
  static func seen(_ isSeen: Bool, isShown: Bool, _ what: String = "") -> Self {
    if isSeen { return .text(what.isEmpty ? "yes" : "yes: \(what)") }
    return isShown
      ? .text("no, not in its files") : .unknown("only a register or another file speaks of it")
  }

  /// A share of a whole; unknown where the whole is empty.
  static func share(_ part: Int, of whole: Int, _ reason: String) -> Self {
    whole == 0 ? .unknown(reason) : .share(Double(part) / Double(whole))
  }
}
