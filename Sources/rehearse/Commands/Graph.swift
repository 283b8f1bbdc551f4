public import ArgumentParser
import IntegrationGraph
public import Workbench

/// `rehearse graph`.
struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw how the systems of the estate hang together, or a part of them.",
    discussion: """
      svg is drawn by Graphviz; dot and mermaid are the languages of drawing programs; graphml, json \
      and csv are for other tools. csv is two tables: name a folder with --output, and nodes.csv and \
      edges.csv are written there.

      EXAMPLES
        rehearse graph --output output/map.svg --findings --data
        rehearse graph --team "Credit Operations" --output output/team.svg
        rehearse graph --system "Loan Agent" --distance 2 --output output/loans.svg
        rehearse graph --people --format mermaid
        rehearse graph --technology UiPath --criticality high --criticality unknown
        rehearse graph --format csv --output output/graph
      """,
    aliases: ["map"])

  @Option(
    help: """
      svg, dot, mermaid, graphml, json or csv (default: as the name of the output says, else svg).
      """)
  var format: MapFormat?
  @Option(help: "File (for csv: folder) to write to instead of standard output.")
  var output: String?
  @Option(
    help: """
      automatic (clusters above 80 nodes), whole, or overview (clusters only); for svg, dot and \
      mermaid.
      """)
  var detail = MapDetail.automatic
  @Flag(help: "Number the findings of the audit on the map (svg, dot and mermaid).")
  var findings = false
  @Flag(help: "Mark what carries sensitive data, inferred from names (svg and dot).")
  var data = false
  @OptionGroup(title: "Which part") var part: MapPartOptions
  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var people: PeopleOptions

  func validate() throws {
    let format = try MapFormat.chosen(format, output: output)
    if format == .csv, output == nil {
      throw ValidationError(
        "csv is two tables, nodes.csv and edges.csv; name a folder with --output.")
    }
    if data, !format.isStyled {
      throw ValidationError(
        "--data is for svg and dot; in \(format.rawValue) lines have no styles, and json and graphml name the "
          + "data of each edge.")
    }
    if !format.isDrawing, findings || detail != .automatic {
      throw ValidationError(
        "--findings and --detail are for drawings (svg, dot, mermaid); \(format.rawValue) always has "
          + "everything, and 'rehearse audit' the findings.")
    }
  }

  func run() async throws {
    let format = try MapFormat.chosen(format, output: output)
    let estate = try estate(inWorkspace: workspace.file, people: people.shown)
    let map = try await map(
      of: estate, view: part.view, format: format, detail: detail, showsFindings: findings,
      showsSensitiveData: data)
    if let part = map.part { Terminal.note("Shown: \(part).") }
    if let warning = map.warning { Terminal.note("warning: \(warning)") }
    for file in map.files {
      let place = format == .csv ? output.map { "\($0)/\(file.name)" } : output
      try deliver(file.text, to: place)
    }
  }
}

/// Which part of the estate is on the map.
struct MapPartOptions: ParsableArguments {
  @Option(help: "A process, by id or name: its system, all that it calls, and what they touch.")
  var process: String?
  @Option(help: "A team: what it owns, and everything joined to that.")
  var team: String?
  @Option(help: "An application, and its neighbours.")
  var application: String?
  @Option(help: "A system or data object, and its neighbours.")
  var system: String?
  @Option(help: "How many edges away neighbours are shown (with --application or --system).")
  var distance: Int?
  @Flag(help: "Only what people carry: hand-overs and escalations.")
  var people = false
  @Option(
    help: ArgumentHelp(
      "Only systems of this team or person; 'unknown' for none known; may be repeated.",
      valueName: "name"))
  var owner: [String] = []
  @Option(
    help: ArgumentHelp(
      """
      Only systems of this product or kind (rpa, rules, workflow, agent, script, orchestrator), or \
      'unknown'; may be repeated.
      """, valueName: "name"))
  var technology: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only systems this critical: mission-critical, high, medium, low or unknown; may be repeated.",
      valueName: "level"))
  var criticality: [String] = []

  func validate() throws {
    let parts = [process, team, application, system].compactMap { $0 }.count + (people ? 1 : 0)
    if parts > 1 {
      throw ValidationError(
        "Name one of --process, --team, --application, --system and --people; --owner, --technology "
          + "and --criticality narrow it down.")
    }
    if let distance {
      if application == nil, system == nil {
        throw ValidationError("--distance is of use with --application or --system only.")
      }
      if !(1...100).contains(distance) {
        throw ValidationError("--distance must be from 1 to 100.")
      }
    }
  }

  var view: MapView {
    let scope: MapView.Scope =
      if let process { .process(process) } else if let team { .team(team) } else if let application
      {
        .application(application)
      } else if let system { .system(system) } else if people { .people } else { .estate }
    return MapView(
      scope, distance: distance ?? 1, owners: owner, technologies: technology,
      criticalities: criticality)
  }
}

extension MapFormat: OutputFormat {
  static let standard = MapFormat.svg
  static let furtherEndings = ["gv": MapFormat.dot, "mmd": .mermaid]
}
extension MapDetail: ExpressibleByArgument {}
