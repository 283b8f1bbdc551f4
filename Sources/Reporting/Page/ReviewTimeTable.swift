import Experiments

/// The time of reviewers, split into what changed something and what only stamped, guardrail by guardrail and
/// in all; no rows where nothing was reviewed.
func reviewTimeTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  let rows = study.variants.enumerated().flatMap { index, variant -> [ReportTable.Row] in
    let parts = variant.guardrails.compactMap { ReviewTime($0, in: variant, study) }
    guard !parts.isEmpty else { return [] }
    let all = ReviewTime(
      guardrail: "all guardrails", useful: parts.reduce(0) { $0 + $1.useful },
      wasteful: parts.reduce(0) { $0 + $1.wasteful },
      wastefulCost: parts.reduce(0) { $0 + $1.wastefulCost })
    return (parts + (parts.count > 1 ? [all] : [])).map { part in
      ReportTable.Row(
        [
          palette.label(index), .text(part.guardrail), .number(part.useful, to: 1),
          .number(part.wasteful, to: 1), .percent(part.wastefulShare),
          .number(part.wastefulCost, to: 2),
        ])
    }
  }
  return ReportTable(
    "review-time", title: "Review that changes something, and review that only stamps",
    caption:
      "Tickets a week times work per ticket, split by the share approved as they were; a review takes as long "
      + "whichever way it ends, and tickets not answered count as those that were. Only what stamps can be saved "
      + "without losing a correction.",
    columns: [
      .text("variant", "Variant", "The variant."),
      .text("guardrail", "Guardrail", "The guardrail."),
      .number(
        "useful", "Changes something, h a week", unit: "h a week",
        "Review of tickets that were rejected or modified."),
      .number(
        "wasteful", "Only stamps, h a week", unit: "h a week",
        "Review of tickets that were approved as they were."),
      .number("stamped_part", "Only stamps", unit: "%", "Its share of all review."),
      .number(
        "wasteful_cost", "Stamping, \(study.currency) a case", unit: study.currency,
        "What stamping costs per case that arrived."),
    ], rows: rows)
}

/// Time of reviewers for one guardrail, in hours a week.
private struct ReviewTime {
  var guardrail: String
  var useful: Double
  var wasteful: Double
  var wastefulCost: Double

  var wastefulShare: Double? {
    useful + wasteful > 0 ? wasteful / (useful + wasteful) : nil
  }
}

extension ReviewTime {
  /// `nil` where no ticket was answered.
  init?(_ result: GuardrailResult, in variant: VariantResult, _ study: StudyResult) {
    guard let unchanged = result.approvedUnchanged, let minutes = result.minutesPerTicket,
      study.horizonWeeks > 0
    else { return nil }
    let cases = variant.casesArrived / study.horizonWeeks
    let hours = cases * result.ticketsPerHundred.mean / 100 * minutes / 60
    self.init(
      guardrail: result.name, useful: hours * (1 - unchanged), wasteful: hours * unchanged,
      wastefulCost: result.reviewCostPerCase * unchanged)
  }
}
