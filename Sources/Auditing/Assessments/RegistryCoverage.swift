import Facts
import Inventory

extension Assessment {
  static let registryCoverage = Assessment(
    id: "registry-coverage", title: "Systems in files against systems in the register",
    formula:
      "By platform: found = systems that an export, project or log describes; registered = those "
      + "of them that a register or a person also declares; coverage = registered / found. Declared only = "
      + "systems that are declared and that no file describes."
  ) { context in
    struct Count {
      var found = 0
      var registered = 0
      var declaredOnly = 0
      var agents = 0
      var unregistered: [AutomationSystem] = []
    }
    var counts: [String: Count] = [:]
    var shown: [String: String] = [:]
    for system in context.estate.systems where system.isAlive {
      let platform = system.technology.value ?? "unknown"
      let key = nameKey(platform)
      shown[key] = shown[key] ?? platform
      let isDeclared = system.sources.contains {
        $0.provenance == .declared || $0.provenance == .corrected
      }
      let isFound = system.sources.contains {
        $0.provenance == .imported || $0.provenance == .measured || $0.provenance == .inferred
      }
      var count = counts[key] ?? Count()
      if isFound {
        count.found += 1
        if isDeclared { count.registered += 1 } else { count.unregistered.append(system) }
        if !isDeclared, system.kind.value == .agent { count.agents += 1 }
      } else if isDeclared {
        count.declaredOnly += 1
      }
      counts[key] = count
    }
    let found = counts.values.reduce(0) { $0 + $1.found }
    let registered = counts.values.reduce(0) { $0 + $1.registered }
    let agents = counts.values.reduce(0) { $0 + $1.agents }
    let hasRegister = context.estate.systems.contains { system in
      system.sources.contains { $0.provenance == .declared }
    }
    let rows = counts.sorted {
      ($1.value.found - $1.value.registered, $0.key) < (
        $0.value.found - $0.value.registered, $1.key
      )
    }.map { key, count in
      AssessmentTable.Row(
        [
          .text(shown[key] ?? key), .number(Double(count.found)),
          hasRegister ? .number(Double(count.registered)) : .unknown("no register was imported"),
          count.found == 0
            ? .unknown("no file describes one")
            : hasRegister
              ? .share(Double(count.registered) / Double(count.found))
              : .unknown("no register was imported"),
          .number(Double(count.agents)), .number(Double(count.declaredOnly)),
        ],
        evidence: count.unregistered.prefix(20).flatMap { $0.sources.sorted().prefix(1) })
    }
    return AssessmentTable(
      summary: hasRegister
        ? "Of \(counted(found, "system")) that files describe \(registered) are in the register"
          + (found > 0 ? " (\(percentText(registered, of: found)))" : "")
          + "; \(counted(agents, "agent")) \(agents == 1 ? "is" : "are") in none."
        : "No register was imported, so coverage is not known; files describe \(counted(found, "system")).",
      columns: [
        .init("platform", "Technology of the systems."),
        .init("found", unit: "systems", "Systems in use that files describe."),
        .init("registered", unit: "systems", "Those that a register also declares."),
        .init("coverage", "registered / found."),
        .init("unregistered agents", unit: "agents", "Agents in files and in no register."),
        .init("declared only", unit: "systems", "In the register, described by no file."),
      ], rows: rows,
      notes: ["What neither a file nor the register speaks of cannot be counted."])
  }
}
