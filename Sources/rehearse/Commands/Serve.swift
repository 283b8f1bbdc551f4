import ArgumentParser
import Server
import Workbench

/// `rehearse serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Open the workbench in the browser: estate, map, audit, jobs.",
    discussion: """
      Serves pages on this machine until Ctrl-C; what runs then is kept as interrupted and can go on. \
      Nothing is loaded from elsewhere. Another address than loopback needs a token. Programs find the \
      interface described at /api/v1/openapi.json.

      EXAMPLES
        rehearse serve
        rehearse serve --port 9000 --workspace output/bank.sqlite
        rehearse serve --address 0.0.0.0 --token "$(openssl rand -hex 16)"
      """)

  @Option(help: "The port; 0 for any that is free.")
  var port = 8080
  @Option(help: "The address to listen on.")
  var address = "127.0.0.1"
  @Option(
    help: ArgumentHelp(
      "A secret that everybody must give, at least 12 bytes; needed on any other address than loopback.",
      valueName: "text"))
  var token: String?
  @Option(
    name: .customLong("host-name"),
    help: ArgumentHelp(
      "A further name by which browsers call this machine; may be repeated.", valueName: "name"))
  var hostNames: [String] = []
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if !(0...65_535).contains(port) {
      throw ValidationError("--port must be from 0 to 65535.")
    }
  }

  func run() async throws {
    let options = ServeOptions(
      workspace: workspace.file, address: address, port: port, token: token, hostNames: hostNames)
    try await serve(
      options, log: { Terminal.note($0) },
      ready: { address in
        Terminal.note("The workbench is at \(address) (Ctrl-C ends it)")
      })
  }
}
