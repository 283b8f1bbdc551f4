import Inventory

/// What a person does at a human task, judged by its label: English and German process vocabulary.
///
/// `fallback` is taken where the label tells nothing.
func touchPointKind(label text: String?, fallback: HumanTouchPoint.Kind) -> HumanTouchPoint.Kind {
  let words = (text ?? "").lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init)
  guard let first = words.first else { return fallback }
  func says(_ stems: [String]) -> Bool {
    words.contains { word in stems.contains { word.hasPrefix($0) } }
  }
  // Who asks for an approval or files one does not give it.
  let asks = [
    "assign", "request", "prepare", "notify", "inform", "send", "find", "select", "submit",
    "create", "draft", "archive", "record", "await", "wait", "store",
  ]
  let givesApproval =
    says([
      "approv", "sign-off", "signoff", "authori", "countersign", "genehmig", "freigabe", "freigeb",
      "bewillig",
    ]) || zip(words, words.dropFirst()).contains { $0 == "sign" && $1 == "off" }
    || words.contains { ["release", "releases"].contains($0) }
  if givesApproval, !asks.contains(first) { return .approval }
  if says(["exception", "escalat", "ausnahme", "eskal", "incident", "fehlerbehandl"]) {
    return .exception
  }
  let reviews = says([
    "review", "verif", "validat", "inspect", "prüf", "überprüf", "kontroll", "confirm", "examin",
  ])
  if reviews || words.contains(where: { ["check", "checks", "double-check"].contains($0) }) {
    return .review
  }
  if says(["enter", "fill", "eingeb", "erfass", "ausfüll"]) || words.contains("form") {
    return .form
  }
  return fallback
}
