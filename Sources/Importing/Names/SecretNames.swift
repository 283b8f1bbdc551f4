import DocumentReading

/// Whether a variable, header or setting of this name holds a credential, judged by its words.
///
/// Only the name is looked at; values are never read.
func namesCredential(_ name: String) -> Bool {
  var spaced = ""
  var previous: Character = " "
  for character in name {
    if character.isUppercase, previous.isLowercase { spaced.append("_") }
    spaced.append(character)
    previous = character
  }
  let lowered = spaced.lowercased()
  let words = lowered.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  let wholes: Set<String> = [
    "key", "apikey", "token", "tokens", "secret", "secrets", "password", "passwd", "passphrase",
    "pass", "pwd", "credential", "credentials", "creds", "auth", "authorization", "bearer", "pat",
    "dsn", "cookie", "jwt", "sas",
  ]
  if words.contains(where: wholes.contains) { return true }
  let parts = ["apikey", "password", "secret", "token", "credential", "accesskey", "privatekey"]
  let joined = words.joined()
  return parts.contains(where: joined.contains)
    || lowered.contains("connection_string") || joined.contains("connectionstring")
}

/// An address without what may be secret in it: user, query and fragment.
func publicAddress(_ address: String) -> String {
  var text = Substring(address)
  if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = text[..<end] }
  guard let scheme = text.ranges(of: "://").first else { return String(text) }
  let rest = text[scheme.upperBound...]
  let authority = rest.prefix { $0 != "/" }
  guard let at = authority.lastIndex(of: "@") else { return String(text) }
  return String(text[..<scheme.upperBound]) + String(rest[rest.index(after: at)...])
}

/// Whether a host is the machine on which the file lies, which identifies nothing.
func isLoopback(_ host: String) -> Bool {
  host == "localhost" || host.hasPrefix("127.") || host == "0.0.0.0" || host == "::1"
    || host.hasSuffix(".localhost") || host == "host.docker.internal"
}

/// The application behind an address: the product's name, else the host; `nil` where there is none.
func application(ofAddress address: String) -> String? {
  guard let host = host(ofAddress: address), !isLoopback(host) else { return nil }
  return KnownApplication.named(byHost: host) ?? host
}

/// A model's name, team's name or the like, where a node holds one that says something.
///
/// Placeholders such as `{topic}` and `${TEAM}` name nobody.
func plainName(_ node: DataNode?) -> String? {
  guard let text = node?.string?.trimmedOrNil, !text.contains("{"), !text.contains("<") else {
    return nil
  }
  return text
}
