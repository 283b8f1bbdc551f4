import Facts
import Importing
import Inventory
import Testing

@Suite("OpenAPI descriptions")
struct OpenAPIToolsTests {
  @Test("a description is an application with operations, logins and confirmations, and no system")
  func document() {
    let documents = imported([
      "api.yaml": """
      openapi: 3.0.3
      info: {title: Orders API, version: "1"}
      servers:
        - url: https://{region}.orders.example.com/v1
          variables: {region: {default: eu}}
      paths:
        /orders:
          parameters: []
          get: {operationId: listOrders, summary: List orders}
          post:
            x-openai-isConsequential: true
            summary: Place an order
        /orders/{id}:
          delete: {operationId: cancelOrder, x-requireConfirmation: ENABLED}
      components:
        securitySchemes:
          oauth: {type: oauth2, flows: {authorizationCode: {scopes: {orders.write: Write}}}}
      """
    ])
    #expect(documents.map(\.format) == ["openapi"])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    #expect(fragment.systems.isEmpty)
    #expect(fragment.applications.map(\.name) == ["Orders API"])
    #expect(fragment.applications.first?.aliases == ["eu.orders.example.com"])
    #expect(fragment.steps.map(\.id) == ["listOrders", "POST /orders", "cancelOrder"])
    #expect(fragment.steps.map(\.name) == ["List orders", "Place an order", nil])
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind)" } == [
        "POST /orders approval", "cancelOrder approval",
      ])
    #expect(fragment.credentials.map(\.name) == ["oauth"])
    #expect(fragment.permissions.map(\.name) == ["orders.write"])
  }

  @Test("a known product's interface is that product; Swagger 2.0 names its host apart")
  func knownProduct() {
    let documents = imported([
      "s.json": """
      {"swagger": "2.0", "info": {"title": "Table API"}, "host": "acme.service-now.com", "basePath": "/api",
       "paths": {"/t": {"get": {}, "x-note": {}}}, "securityDefinitions": {"basic": {"type": "basic"}}}
      """,
      "t.json":
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Salesforce REST API\"}, \"paths\": {\"/a\": {\"get\": {}}}}",
    ])
    #expect(documents.map(\.status) == [.imported, .imported])
    #expect(
      documents.flatMap { $0.fragment.applications.map(\.name) } == ["ServiceNow", "Salesforce"])
    #expect(documents[0].fragment.steps.map(\.id) == ["GET /t"])
    #expect(documents[0].fragment.credentials.map(\.name) == ["basic"])
  }

  @Test("schemas alone say nothing of an estate; wrong types are left out")
  func hostile() {
    let documents = imported([
      "a.json": "{\"openapi\": \"3.0.0\", \"components\": {}}",
      "b.json": "{\"openapi\": 3, \"paths\": {\"/a\": {\"get\": 5, \"put\": {}}, \"/b\": []}}",
      "c.json": "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\"",
    ])
    #expect(documents.map(\.status) == [.notInventory, .imported, .failed])
    #expect(documents[1].fragment.steps.map(\.id) == ["PUT /a"])
    #expect(documents[1].fragment.applications.map(\.name) == ["b"])
  }
}
