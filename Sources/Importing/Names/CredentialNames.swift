/// Whether a variable, header or setting of this name holds a credential, judged by its words.
///
/// Only the name is looked at; values are never read. `apiKey`, `API_KEY` and `X-Api-Key` have the same
/// words.
func namesCredential(_ name: String) -> Bool {
  var words: [String] = []
  var word: [UInt8] = []
  var wasLower = false
  for byte in name.utf8.prefix(200) {
    let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    if (isUpper && wasLower) || !(isUpper || isLower || isDigit), !word.isEmpty {
      words.append(String(decoding: word, as: UTF8.self))
      word = []
    }
    if isUpper || isLower || isDigit { word.append(isUpper ? byte + 32 : byte) }
    wasLower = isLower
  }
  if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
  // `MAX_TOKENS` counts what a model reads.
  let counts = ["max", "min", "limit", "count", "budget", "total"]
  if words.contains("tokens"), words.contains(where: counts.contains) { return false }
  if words.contains(where: credentialWords.contains) { return true }
  let joined = words.joined()
  return credentialParts.contains(where: joined.contains)
}

/// Words that name a credential by themselves.
private let credentialWords: Set<String> = [
  "key", "apikey", "token", "tokens", "secret", "secrets", "password", "passwd", "passphrase",
  "pass", "pwd", "credential", "credentials", "creds", "auth", "authorization", "bearer", "pat",
  "dsn", "cookie", "jwt", "sas",
]

/// Parts of words run together that name a credential.
private let credentialParts = [
  "apikey", "password", "secret", "token", "credential", "accesskey", "privatekey",
  "connectionstring",
]
