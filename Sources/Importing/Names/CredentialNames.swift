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
