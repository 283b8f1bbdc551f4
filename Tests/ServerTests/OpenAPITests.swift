import Foundation
import HTTPTypes
import Testing

@testable import Server

/// The description of the interface and the interface are one.
@Suite struct OpenAPITests {
  private func paths(_ workbench: TestWorkbench) async throws -> [String: [String: [String: Any]]] {
    let answer = try await workbench.ask(.get, "/api/v1/openapi.json")
    #expect(answer.status == 200)
    let document = try TestWorkbench.object(answer)
    #expect(document["openapi"] as? String == "3.1.0")
    return try #require(document["paths"] as? [String: [String: [String: Any]]])
  }

  @Test func everyRouteIsDescribedOnceAndNothingElse() async throws {
    let workbench = try TestWorkbench()
    let paths = try await paths(workbench)
    let described = paths.flatMap { path, operations in
      operations.keys.map { "\($0.uppercased()) \(path)" }
    }
    let routed = workbench.state.routes.filter(\.isAPI).map { "\($0.method.rawValue) \($0.path)" }
    #expect(Set(routed).count == routed.count)
    #expect(described.sorted() == routed.sorted())
    let identifiers = paths.values.flatMap(\.values).compactMap { $0["operationId"] as? String }
    #expect(Set(identifiers).count == routed.count)
  }

  @Test func everyPartOfAPathIsDescribed() async throws {
    let workbench = try TestWorkbench()
    for (path, operations) in try await paths(workbench) {
      let named = path.matches(of: /\{([a-z]+)\}/).map { String($0.1) }
      for operation in operations.values {
        let parameters = operation["parameters"] as? [[String: Any]] ?? []
        let inPath = parameters.filter { $0["in"] as? String == "path" }
        #expect(inPath.compactMap { $0["name"] as? String }.sorted() == named.sorted())
        #expect(inPath.allSatisfy { $0["required"] as? Bool == true })
      }
    }
  }

  /// Whatever form of the map is asked for, its media type is described.
  @Test func everyFormOfTheMapIsDescribed() async throws {
    let workbench = try TestWorkbench(register: TestWorkbench.three)
    let route = try #require(workbench.state.routes.first { $0.path == "/api/v1/map" })
    for format in ["svg", "dot", "mermaid", "graphml", "json"] {
      let answer = try await workbench.ask(.get, "/api/v1/map?format=\(format)")
      let type = answer.header("Content-Type") ?? ""
      #expect(answer.status == 200)
      #expect(route.answer.types.contains(where: type.hasPrefix), "\(format): \(type)")
    }
  }

  /// What can be read answers with a described status, with nothing imported and with something.
  @Test(arguments: [true, false])
  func whatIsReadAnswersAsDescribed(isEmpty: Bool) async throws {
    let workbench = try TestWorkbench(register: isEmpty ? nil : TestWorkbench.three)
    for route in workbench.state.routes where route.isAPI && route.method == .get {
      let path = route.path.replacing("{job}", with: "1").replacing("{study}", with: "1")
        .replacing("{name}", with: "none")
      let query = route.path == "/api/v1/system" ? "?name=Invoice%20Bot" : ""
      let answer = try await workbench.ask(.get, path + query)
      let type = answer.header("Content-Type") ?? ""
      if answer.status == route.answer.status.code {
        #expect(route.answer.types.contains(where: type.hasPrefix), "\(path)")
      } else {
        #expect((400..<500).contains(answer.status), "\(path): \(answer.text)")
        #expect(type == "application/problem+json")
        let problem = try JSONDecoder().decode(
          ProblemDocument.self, from: Data(answer.text.utf8))
        #expect(problem.status == answer.status)
        #expect(!problem.detail.isEmpty)
      }
    }
  }
}
