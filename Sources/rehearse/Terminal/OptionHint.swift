import ArgumentParser
import Reporting

/// Which commands have an option that the one that was typed does not have; `nil` where the message is of
/// something else, or no command has it.
func optionHint(_ message: String) -> String? {
  guard let found = message.firstMatch(of: #/Unknown option '(?<option>--[A-Za-z0-9-]+)/#) else {
    return nil
  }
  let option = String(found.output.option)
  let owners = commands(having: option, in: Rehearse.self, words: [])
  guard !owners.isEmpty else { return nil }
  let shown = 4
  let more = owners.count > shown + 1 ? ["\(owners.count - shown) others"] : []
  let named = more.isEmpty ? owners : Array(owners.prefix(shown))
  return "\(option) is an option of \(listText(named + more))."
}

/// The commands whose help names an option, by their words.
private func commands(
  having option: String, in command: any ParsableCommand.Type, words: [String]
) -> [String] {
  let path = words + [command._commandName]
  let subcommands = command.configuration.subcommands
  var found: [String] = []
  if subcommands.isEmpty || command.configuration.defaultSubcommand == nil {
    let options = command.helpMessage().split(separator: "\n").map {
      $0.drop { $0 == " " }
    }.filter { $0.hasPrefix("-") }
    let names = options.flatMap { line in
      line.split(whereSeparator: { " ,/<".contains($0) }).prefix { $0.hasPrefix("-") }
    }
    if names.contains(option[...]) { found.append(path.joined(separator: " ")) }
  }
  return found + subcommands.flatMap { commands(having: option, in: $0, words: path) }
}
