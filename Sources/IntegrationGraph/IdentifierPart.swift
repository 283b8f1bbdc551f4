import Inventory

/// The `nameKey` of a name, as part of an identifier: letters, digits and `~` only, and never endless.
///
/// Other characters, which only keys of names without letters have, become `~` and their code. Of
/// more than 80 characters only the first 60 are kept, followed by a digest of the whole (FNV-1a, 64
/// bits, http://www.isthe.com/chongo/tech/comp/fnv/): identifiers stay short and differ where names
/// do.
func identifierPart(_ name: String) -> String {
  let key = nameKey(name)
  var part = ""
  for scalar in key.unicodeScalars {
    let isPlain = Character(scalar).isLetter || Character(scalar).isNumber
    if isPlain || scalar.properties.generalCategory == .nonspacingMark {
      part.unicodeScalars.append(scalar)
    } else {
      part += "~" + String(scalar.value, radix: 16)
    }
  }
  guard part.count > 80 else { return part }
  var digest: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in key.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
  let digits = String(digest, radix: 16)
  return part.prefix(60) + "~" + String(repeating: "0", count: 16 - digits.count) + digits
}
