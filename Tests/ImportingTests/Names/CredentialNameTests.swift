import Testing

@testable import Importing

@Suite("Names of credentials and addresses without secrets")
struct CredentialNameTests {
  @Test(
    "names of secrets are told from other settings",
    arguments: [
      ("GITHUB_TOKEN", true), ("apiKey", true), ("NEO4J_PASS", true), ("Authorization", true),
      ("X-Api-Key", true), ("AZURE_CONNECTION_STRING", true), ("clientSecret", true),
      ("PYTHONPATH", false), ("REGION", false), ("KEYBOARD", false), ("PASSENGER_NAME", false),
      ("max_retries", false), ("LOG_LEVEL", false), ("MAX_TOKENS", false),
      ("maxOutputTokens", false),
    ])
  func names(name: String, isSecret: Bool) { #expect(namesCredential(name) == isSecret) }

  @Test(
    "user, query and fragment of an address are cut off",
    arguments: [
      ("https://a.example/b?key=1#c", "https://a.example/b"),
      ("https://user:pass@a.example/x@y", "https://a.example/x@y"),
      ("stdio", "stdio"), ("a.example/b?c", "a.example/b"),
    ])
  func addresses(address: String, shown: String) { #expect(publicAddress(address) == shown) }
}
