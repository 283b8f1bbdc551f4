import EstateTestSupport
import Facts
import Testing

@testable import Auditing

@Suite("likely names")
struct LikelyNamesTests {
  @Test("the quick search finds what the full one finds", arguments: 0..<100 as Range<UInt64>)
  func same(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let letters = Array("abcdeé -KYC日")
    func word() -> String {
      String(
        (0..<Int.random(in: 1...9, using: &generator)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &generator)]
        })
    }
    let names = (0..<40).map { _ in word() }
    let search = LikelyNames(names)
    for _ in 0..<20 {
      let name = word()
      #expect(search.closest(to: name) == closestName(to: name, among: names))
    }
  }
}
