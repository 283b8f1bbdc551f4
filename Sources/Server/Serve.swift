import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
public import Workbench

/// How the workbench is served.
public struct ServeOptions: Sendable {
  /// The workspace.
  public var workspace: String
  /// The address to listen on, in digits.
  public var address: String
  /// The port; 0 for any that is free.
  public var port: Int
  /// The token that everybody must have; `nil` for none, which only loopback admits.
  public var token: String?
  /// Further names by which browsers may call the server.
  public var hostNames: [String]
  /// Longest time that a preview computes; with what goes around it, an answer comes within two seconds.
  var previewTime = Duration.milliseconds(1200)
  /// Longest time until a reader is told to wait for a page.
  var patience = Duration.milliseconds(400)

  /// Creates options.
  public init(
    workspace: String, address: String = "127.0.0.1", port: Int = 8080, token: String? = nil,
    hostNames: [String] = []
  ) {
    self.workspace = workspace
    self.address = address
    self.port = port
    self.token = token
    self.hostNames = hostNames
  }

  /// Whether only this machine can reach the address.
  public var isLoopback: Bool {
    address == "localhost" || address == "::1" || address.hasPrefix("127.")
  }
}

/// Serves the workbench until the program is asked to end (SIGINT, SIGTERM); then what runs is kept as
/// interrupted.
///
/// - Parameters:
///   - log: told what whoever started it should know.
///   - ready: told the address once the server answers.
/// - Throws: `WorkbenchError.badInput` where the address cannot be used, or the workspace.
public func serve(
  _ options: ServeOptions, log: @escaping @Sendable (String) -> Void,
  ready: @escaping @Sendable (String) -> Void
) async throws(WorkbenchError) {
  let workbench = try openWorkbench(options, log: log)
  var logger = Logger(label: "rehearse")
  logger.logLevel = .critical
  let application = Application(
    router: workbench.router(),
    configuration: ApplicationConfiguration(
      address: .hostname(options.address, port: options.port), serverName: nil),
    onServerRunning: { channel in
      let port = channel.localAddress?.port ?? options.port
      let host = options.address.contains(":") ? "[\(options.address)]" : options.address
      ready("http://\(host):\(port)/")
    }, logger: logger)
  let preparing = Task { await workbench.prepareEstate() }
  defer { preparing.cancel() }
  do {
    try await application.runService()
  } catch {
    await workbench.jobs.close()
    throw Listening.problem(with: options, error)
  }
  await workbench.jobs.close()
}

/// Opens a workspace for serving, after everything that could be wrong with the options was looked at.
func openWorkbench(
  _ options: ServeOptions, log: @escaping @Sendable (String) -> Void
) throws(WorkbenchError) -> WorkbenchState {
  guard options.isLoopback || options.token != nil else {
    throw .badInput([
      "\(options.address) can be reached from other machines, so a token is needed: add --token TEXT, or "
        + "listen on 127.0.0.1"
    ])
  }
  if let token = options.token, token.utf8.count < 12 {
    throw .badInput(["the token has \(token.utf8.count) bytes; it must have at least 12"])
  }
  let gate = Gate(
    token: options.token,
    hosts: Set(
      ["localhost", "127.0.0.1", "::1", options.address] + options.hostNames),
    takesAnyAddress: !options.isLoopback)
  let charts = chartBundle()
  if charts == nil {
    log(
      "warning: the chart bundle is not installed, so pages show tables instead of charts; run "
        + "'make setup' (see rehearse doctor)")
  }
  return try WorkbenchState(
    workspace: options.workspace, gate: gate, charts: charts,
    previews: PreviewDesk(time: options.previewTime),
    waiting: WaitingRoom(patience: options.patience), log: log)
}

private enum Listening {
  /// Why the server could not listen.
  static func problem(with options: ServeOptions, _ error: any Error) -> WorkbenchError {
    guard let error = error as? IOError else { return WorkbenchError(error) }
    switch error.errnoCode {
    case EADDRINUSE:
      return .badInput([
        "port \(options.port) of \(options.address) is in use by another program; name another with "
          + "--port, or end that program"
      ])
    case EACCES:
      return .badInput([
        "port \(options.port) may not be used by this user; name one from 1024 on with --port"
      ])
    default:
      return .badInput([
        "\(options.address):\(options.port) cannot be listened on "
          + "(\(String(cString: strerror(error.errnoCode)))); name an address of this machine with "
          + "--address"
      ])
    }
  }
}
