import Testing

@testable import Importing

@Suite("Credentials in texts")
struct FindSecretsTests {
  /// Put together here, so that no file of ours holds what looks like a key.
  private static let key = "AKIA" + "ABCDEFGH12345678"
  private static let hub = "ghp_" + "abcdefghij0123456789abcdefghij0123"
  private static let web = "eyJhbGciOiJI" + "." + "eyJzdWIiOiIx" + ".c2lnbmF0dXJl"

  @Test(
    "what looks like a credential is found, and nothing else goes with it",
    arguments: [
      (#"{"password": "Tr0ub4dor"}"#, #"{"password": "[removed]"}"#),
      (#"{"clientSecret":"a1b2c3d4e5f6a7b8c9"}"#, #"{"clientSecret":"[removed]"}"#),
      ("client_secret: a1b2c3d4e5f6a7b8c9\nname: x", "client_secret: [removed]\nname: x"),
      (#"<Add Password="p4ss" User="u"/>"#, #"<Add Password="[removed]" User="u"/>"#),
      ("<password>p4ss</password>", "<password>[removed]</password>"),
      (
        "Server=s;User Id=u;Password=p4ss;Database=d",
        "Server=s;User Id=u;Password=[removed];Database=d"
      ),
      (#"{\"apiKey\":\"0123456789abcdef\"}"#, #"{\"apiKey\":\"[removed]\"}"#),
      ("https://u:p4ss@host.example/x", "https://u:[removed]@host.example/x"),
      (
        "https://h.example/a?sv=1&sig=abcdefghijklmnopqrstuv&x=1",
        "https://h.example/a?sv=1&sig=[removed]&x=1"
      ),
      ("Authorization: Bearer abcdefghij0123456789", "Authorization: Bearer [removed]"),
      ("key \(key).", "key [removed]."), ("\(hub)", "[removed]"), ("t=\(web)!", "t=[removed]!"),
      (
        "-----BEGIN PRIVATE KEY-----\n\(String(repeating: "aB3", count: 20))\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----[removed]-----END PRIVATE KEY-----"
      ),
    ])
  func found(text: String, expected: String) {
    let (cleaned, count) = withoutSecrets(text)
    #expect(cleaned == expected)
    #expect(count == 1)
  }

  @Test(
    "names, placeholders and references are none",
    arguments: [
      #"{"password": "${DB_PASSWORD}"}"#, #"Password="{x:Null}""#, #"Password="[in_Password]""#,
      #"{"apiKey": "{{ $json.apiKey }}"}"#, #"{"token": "@Microsoft.KeyVault(SecretUri=x1)"}"#,
      "mscorlib, Version=4.0.0.0, PublicKeyToken=b77a5c561934e089",
      #"{"secret": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x"}"#,
      #"{"nextToken": "abcdefghij0123456789"}"#, #"{"password": "string"}"#,
      #"{"apiKey": "secrets.OPENAI_API_KEY"}"#, "https://host.example:8443/a@b",
      "https://u:${PASS}@host.example", "the token is renewed every 30 minutes",
      "sk-learn-something-with-a-very-long-name-indeed", "maxTokens: 4096", "Basic authentication",
      "", "password", "password:", "password=", "://", "?sig=", "AKIA",
    ])
  func none(text: String) {
    let (cleaned, count) = withoutSecrets(text)
    #expect(cleaned == text)
    #expect(count == 0)
  }

  @Test("each of several is found, in order")
  func several() {
    let text = "Password=p4ss;AccountKey=0123456789abcdefgh==;x\npwd: 'q5tt'"
    let found = secrets(in: Array(text.utf8))
    #expect(found.map(\.kind) == [.password, .key, .password])
    #expect(withoutSecrets(withoutSecrets(text).text).count == 0)
  }
}
