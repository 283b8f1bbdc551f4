import Foundation

/// What the scripts of the export tests answer.
struct JSONAnswer: Decodable {
  var names: [String: String]
  var ghosts: [String]
  var edges: [String]

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONAnswer.self, from: Data(text.utf8))
  }
}
