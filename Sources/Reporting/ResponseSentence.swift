internal import Experiments

/// Whether anybody responds to a queue that grows: what a probability of exhaustion means depends on it.
func responseSentence(_ study: StudyResult) -> String {
  let with = study.variants.filter { $0.responses != nil }
  guard !with.isEmpty else {
    return
      "No management response is in force: nobody hires, works longer or slows the intake when a "
      + "queue grows, so the probability of exhaustion is that of teams left alone."
  }
  let parts = with.map { variant in
    "\u{201C}\(variant.title)\u{201D} (\((variant.responses ?? []).joined(separator: ", ")))"
  }
  let rest =
    with.count == study.variants.count
    ? "" : "; in the others teams are left alone with their queues"
  return "A management response is in force in \(listText(parts))\(rest)."
}
