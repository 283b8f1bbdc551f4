import Facts
import Inventory

/// What systems that only exports speak of say of themselves and of those behind them.
extension UnregisteredGroup {
  /// Whom a package or file names, with how many systems, such as `Contoso (publisher of 3)`; empty where none
  /// of them names anybody.
  ///
  /// Nobody of them is accountable by that, but each can be asked.
  var peopleToAsk: [String] {
    var counts: [Asked: Int] = [:]
    for system in systems {
      let known: [(String?, String)] = [
        (system.team.value, "team"), (system.maker, "maker"), (system.publisher, "publisher"),
      ]
      for case (let name?, let role) in known where !OwnerName(name, teams: []).isNobody {
        counts[Asked(name: name, role: role), default: 0] += 1
        break
      }
    }
    return counts.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
      .map { "\($0.key.name) (\($0.key.role) of \(numberText($0.value)))" }
  }

  /// What names and folders say of how many of them being examples, as a sentence that begins with a space;
  /// empty where they say nothing.
  var examples: String {
    let named = systems.filter { !exampleWords(in: $0.name).isEmpty }
    var words: Set<String> = []
    let placed = systems.count { system in
      var isExample = false
      for source in system.sources {
        for folder in source.location.path.split(whereSeparator: { $0 == "/" || $0 == "!" })
          .dropLast()
        {
          let found = exampleWords(in: String(folder))
          if !found.isEmpty { isExample = true }
          words.formUnion(found)
        }
      }
      return isExample
    }
    var said: [String] = []
    if placed > 0 {
      said.append(
        "\(Auditing.counted(placed, "lies", "lie")) in folders whose names say so (\(listText(words.sorted(), limit: 4)))"
      )
    }
    if !named.isEmpty {
      said.append(
        "\(Auditing.counted(named.count, "has", "have")) it in the name (\(listText(named.map(\.name), limit: 3)))"
      )
    }
    return said.isEmpty
      ? "" : " They may be examples or tests: \(said.joined(separator: ", and "))."
  }
}

private struct Asked: Hashable {
  var name: String
  var role: String
}
