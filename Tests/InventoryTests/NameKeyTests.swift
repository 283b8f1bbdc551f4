import Testing

@testable import Inventory

@Suite("keys of names")
struct NameKeyTests {
  @Test(
    "letters and digits in lower case, accents kept; a name without any is its own key",
    arguments: [
      ("KYC_Screening Bot", "kycscreeningbot"), ("kyc-screening-bot", "kycscreeningbot"),
      ("kycscreeningbot", "kycscreeningbot"), ("--", "--"), ("", ""), ("A1 \r\n b2", "a1b2"),
      ("a\u{0}b", "ab"),
      ("Prüfung Ä", "prüfungä"), ("İ", "i\u{307}"), ("№ 5", "5"), ("日本 1", "日本1"),
      ("e\u{301}-x", "e\u{301}x"),
    ])
  func examples(name: String, key: String) {
    #expect(nameKey(name) == key)
  }

  @Test("the quick way for ASCII says what the way by characters says", arguments: 0..<40)
  func quickWay(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    // Every character of ASCII, and some whose case or kind is not what their bytes suggest.
    let others: [Character] = [
      "ä", "Ä", "ß", "İ", "ı", "K", "½", "²", "٣", "日", "🤖", "\u{301}", "\r\n", "Ǆ", "ﬁ",
    ]
    for round in 0..<250 {
      var name = ""
      for _ in 0..<draw(12) {
        if round % 2 == 1, draw(5) == 0 {
          name.append(others[draw(others.count)])
        } else {
          name.unicodeScalars.append(Unicode.Scalar(UInt8(draw(128))))
        }
      }
      #expect(nameKey(name) == nameKeyByCharacters(name), "\(name.unicodeScalars.map(\.value))")
    }
  }
}
