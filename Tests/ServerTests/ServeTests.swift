import Foundation
import HTTPTypes
import Testing
import Workbench

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

@testable import Server

/// The server as it starts and ends.
@Suite struct ServeTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "serve-\(UUID().uuidString)")

  private func options(port: Int = 0) -> ServeOptions {
    ServeOptions(workspace: folder.appending(path: "workspace.sqlite").path, port: port)
  }

  private func message(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return ""
    } catch {
      return WorkbenchError(error).messages.joined(separator: "\n")
    }
  }

  @Test func aPortInUseIsNamed() async throws {
    let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
    let options = options()
    let first = Task {
      try await serve(options, log: { _ in }, ready: { continuation.yield($0) })
    }
    let address = try #require(await addresses.first { _ in true })
    let url = try #require(URL(string: address))
    let port = try #require(url.port)
    #expect(port != 0)
    let (data, _) = try await get(url.appending(path: "api/v1/openapi.json"))
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(document?["openapi"] as? String == "3.1.0")

    let second = FileManager.default.temporaryDirectory
      .appending(path: "serve-\(UUID().uuidString)/workspace.sqlite").path
    let said = await message {
      try await serve(
        ServeOptions(workspace: second, port: port), log: { _ in }, ready: { _ in })
    }
    #expect(said.contains("port \(port) of 127.0.0.1 is in use"))
    #expect(said.contains("--port"))
    first.cancel()
    _ = await first.result
  }

  /// The text at an address, by the ordinary client.
  private func get(_ url: URL) async throws -> (Data, URLResponse) {
    try await URLSession.shared.data(from: url)
  }

  @Test func anotherAddressThanLoopbackNeedsAToken() async {
    var options = options()
    options.address = "0.0.0.0"
    #expect(await message { _ = try openWorkbench(options) { _ in } }.contains("--token"))
    options.token = "short"
    #expect(await message { _ = try openWorkbench(options) { _ in } }.contains("at least 12"))
    options.token = "long enough by far"
    #expect(await message { _ = try openWorkbench(options) { _ in } } == "")
  }

  @Test func aFileThatIsNoWorkspaceIsRefused() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let options = options()
    let bytes = Data(String(repeating: "no database ", count: 100).utf8)
    try bytes.write(to: URL(fileURLWithPath: options.workspace))
    let said = await message { _ = try openWorkbench(options) { _ in } }
    #expect(said.contains(options.workspace))
    #expect(said.contains("not a Rehearse workspace"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: options.workspace)) == bytes)
  }
}
