import EstateTestSupport
import Testing

@testable import Auditing

@Suite("words of a text")
struct WordingTests {
  @Test(
    "runs of letters and digits, broken where a small letter meets a capital one",
    arguments: [
      ("creditScore", ["credit", "score"]), ("KYC_Bot 2", ["kyc", "bot", "2"]), ("", []),
      ("a1B", ["a1", "b"]), ("Überprüfung derDaten", ["überprüfung", "der", "daten"]),
    ])
  func examples(text: String, expected: [String]) {
    #expect(words(of: text) == expected)
  }

  @Test("the quick way for ASCII says what the way by characters says", arguments: 0..<20)
  func quickWay(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<16, using: &generator) {
        text.unicodeScalars.append(
          Unicode.Scalar(UInt8.random(in: 0..<128, using: &generator)))
      }
      #expect(words(of: text) == wordsByCharacters(of: text), "\(text.unicodeScalars.map(\.value))")
    }
  }
}
