import Testing

@testable import Importing

@Suite("Connectors of an organisation's own")
struct CustomConnectorTests {
  @Test(
    "a stroke with the code of a mark is that mark, and nothing else is changed",
    arguments: [
      ("claims-5fdesk-2dapi-20v2", "claims_desk-api v2"), ("ledger-41bc", "ledger-41bc"),
      ("plain", "plain"), ("ends-5", "ends-5"), ("a-5f", "a_"), ("tax-28eu-29", "tax(eu)"),
    ])
  func marks(identifier: String, expected: String) {
    #expect(withMarks(inConnector: identifier) == expected)
  }
}
