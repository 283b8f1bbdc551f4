import Facts

/// `; did you mean '…'?` for an id that is not there; empty where nothing resembles it.
///
/// Only names of sensible length and number are compared, so that a hostile file cannot make it slow.
func suggestion(for name: String, among names: some Collection<String>) -> String {
  guard name.count <= 100, names.count <= 10_000 else { return "" }
  let candidates = names.filter { $0.count <= 100 }.sorted()
  return closestName(to: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
}
