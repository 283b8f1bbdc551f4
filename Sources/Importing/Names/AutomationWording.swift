import Inventory

/// The technology of an automation, by the type that a catalogue or model gives it, such as `ai-agent`
/// or `RPA bot`; `nil` where the type is none of an automation.
func automationKind(ofType type: String) -> SystemKind? {
  let words = Set(
    type.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  func says(_ candidates: String...) -> Bool { !words.isDisjoint(with: candidates) }
  if says("agent", "agents", "assistant", "copilot", "chatbot", "aiagent") { return .agent }
  if says("rpa", "bot", "robot", "robots") { return .rpa }
  if says("rules", "decision", "ruleset") { return .rules }
  if says("orchestrator") { return .orchestrator }
  if says("workflow", "flow", "automation", "integration", "pipeline", "etl", "dag") {
    return .workflow
  }
  return says("script", "cron", "cronjob", "job") ? .script : nil
}
