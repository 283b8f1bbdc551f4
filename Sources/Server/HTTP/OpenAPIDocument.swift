import HTTPTypes
import Reporting

/// The description of the interface for programs, by OpenAPI 3.1, made of the routes themselves.
struct OpenAPIDocument: Encodable {
  private let routes: [Route]
  private let version: String

  /// The description of those of some routes that are for programs.
  init(_ routes: [Route], version: String) {
    self.routes = routes.filter(\.isAPI)
    self.version = version
  }

  func encode(to encoder: any Encoder) throws {
    var paths: [String: JSONValue] = [:]
    for path in Set(routes.map(\.path)) {
      let operations = routes.filter { $0.path == path }.map { route in
        (route.method.rawValue.lowercased(), Self.operation(route))
      }
      paths[path] = .object(Dictionary(operations) { first, _ in first })
    }
    try JSONValue.object([
      "openapi": "3.1.0",
      "info": .object([
        "title": "Rehearse workbench", "version": .string(version),
        "description":
          "What the pages of the workbench do, for programs. Every refusal is a problem document.",
        "license": .object(["name": "Apache-2.0", "identifier": "Apache-2.0"]),
      ]),
      "servers": .array([.object(["url": "/"])]),
      "paths": .object(paths),
      "components": .object([
        "schemas": .object(["Problem": Self.problem]),
        "securitySchemes": .object([
          "token": .object(["type": "http", "scheme": "bearer"])
        ]),
      ]),
      "security": .array([.object([:]), .object(["token": .array([])])]),
    ]).encode(to: encoder)
  }

  private static func operation(_ route: Route) -> JSONValue {
    var operation: [String: JSONValue] = [
      "summary": .string(route.summary), "operationId": .string(identifier(route)),
      "responses": responses(route),
    ]
    if !route.parameters.isEmpty {
      operation["parameters"] = .array(
        route.parameters.map { parameter in
          .object([
            "name": .string(parameter.name), "in": parameter.isInPath ? "path" : "query",
            "required": .bool(parameter.isRequired), "description": .string(parameter.summary),
            "schema": schema(parameter),
          ])
        })
    }
    switch route.body {
    case .fields(let fields):
      let properties = Dictionary(
        fields.map { ($0.name, described($0)) }, uniquingKeysWith: { first, _ in first })
      operation["requestBody"] = .object([
        "required": .bool(fields.contains(where: \.isRequired)),
        "content": .object([
          "application/json": .object([
            "schema": .object([
              "type": "object", "additionalProperties": false,
              "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
              "properties": .object(properties),
            ])
          ])
        ]),
      ])
    case .file:
      operation["requestBody"] = .object([
        "required": true,
        "content": .object(["application/octet-stream": .object([:])]),
      ])
    case nil: break
    }
    return .object(operation)
  }

  /// Every field of a body is sent as a text.
  private static func described(_ field: Route.Parameter) -> JSONValue {
    var field = field
    if case .number(let range) = field.kind {
      field.summary += " A whole number from \(range.lowerBound) to \(range.upperBound)."
      field.kind = .text(most: 20)
    }
    guard case .object(var schema) = schema(field) else { return .object([:]) }
    schema["description"] = .string(field.summary)
    return .object(schema)
  }

  private static func schema(_ parameter: Route.Parameter) -> JSONValue {
    switch parameter.kind {
    case .text(let most):
      var schema: [String: JSONValue] = ["type": "string", "maxLength": .number(most)]
      if parameter.isRequired { schema["minLength"] = .number(1) }
      return .object(schema)
    case .number(let range):
      return .object([
        "type": "integer", "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ])
    case .word(let words):
      return .object(["type": "string", "enum": .array(words.map { .string($0) })])
    }
  }

  private static func responses(_ route: Route) -> JSONValue {
    var good: [String: JSONValue] = ["description": .string(route.answer.summary)]
    if !route.answer.types.isEmpty {
      good["content"] = .object(
        Dictionary(uniqueKeysWithValues: route.answer.types.map { ($0, .object([:])) }))
    }
    let refused = JSONValue.object([
      "description": "Why it was not done.",
      "content": .object([
        "application/problem+json": .object([
          "schema": .object(["$ref": "#/components/schemas/Problem"])
        ])
      ]),
    ])
    return .object(["\(route.answer.status.code)": .object(good), "default": refused])
  }

  private static let problem = JSONValue.object([
    "type": "object",
    "required": .array(["type", "title", "status", "detail"]),
    "properties": .object([
      "type": .object(["type": "string"]), "title": .object(["type": "string"]),
      "status": .object(["type": "integer"]), "detail": .object(["type": "string"]),
    ]),
  ])

  /// `get-systems` for `GET /api/v1/systems`.
  private static func identifier(_ route: Route) -> String {
    let words = route.path.split(separator: "/").dropFirst(2).map { part in
      part.filter { $0.isLetter || $0.isNumber || $0 == "-" }
    }
    return ([route.method.rawValue.lowercased()] + words).joined(separator: "-")
  }
}

/// A JSON value that is built up.
enum JSONValue: Encodable, Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  case string(String)
  case number(Int)
  case bool(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .bool(let flag): try container.encode(flag)
    case .array(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}
