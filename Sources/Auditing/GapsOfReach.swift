/// Whether something that is not known of a system bears on what it uses.
///
/// What starts it, how often it runs, who owns it, whether it is published and the like stand in no file of the system
/// itself and say nothing of what its steps call. Whatever is not known to be of that kind counts as a gap.
func isGapOfReach(_ unknown: String) -> Bool {
  !otherGaps.contains { unknown.hasPrefix($0) }
}

/// How the importers begin what they say is unknown of a system's surroundings.
private let otherGaps = [
  "What starts it", "What starts the ", "When the scenario runs", "How often it runs",
  "It can be scheduled",
  "Schedules, ", "Schedules and ", "Owner, ", "Who may use it", "Whether it is published",
  "Another system is also called", "The workflow is paused", "Hidden from the chat",
  "Which language model answers", "Which agent has this topic", "Which agents have this action",
  "Which agent it belongs to", "Which process creates the tasks", "Results say what ran",
]
