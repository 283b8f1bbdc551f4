public import ArgumentParser
public import Workbench

/// `rehearse graph`.
struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw how the systems of the estate hang together.",
    discussion: """
      svg is drawn by Graphviz; dot, graphml and json are for other tools.

      EXAMPLES
        rehearse graph --format svg --output output/map.svg
        rehearse graph --format graphml --output output/map.graphml
        rehearse graph --format svg --findings --output output/map.svg
      """)

  @Option(help: "svg, dot, graphml or json.")
  var format = MapFormat.svg
  @Option(help: "File to write to instead of standard output.")
  var output: String?
  @Option(help: "automatic (clusters above 80 nodes), whole, or overview (clusters only).")
  var detail = MapDetail.automatic
  @Flag(help: "Number the findings of the audit on the map.")
  var findings = false
  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var people: PeopleOptions

  func run() async throws {
    let estate = try estate(inWorkspace: workspace.file, people: people.shown)
    let text = try await map(
      of: estate, format: format, detail: detail, showsFindings: findings)
    try deliver(text, to: output)
  }
}

extension MapFormat: ExpressibleByArgument {}
extension MapDetail: ExpressibleByArgument {}
