internal import Facts

/// The parts that what was imported falls into: the folders right below the one in which all files lie, such as the
/// repositories or products of an export.
struct FolderTrees {
  /// How many folders all files have in common.
  private let depth: Int

  /// The parts of a set of files, given by their paths; archives count as folders.
  init(_ paths: some Sequence<String>) {
    var common: [Substring]?
    for path in paths {
      let folders = path.split(separator: "/").dropLast()
      guard let known = common else {
        common = Array(folders)
        continue
      }
      common = zip(known, folders).prefix { $0 == $1 }.map(\.0)
      if common?.isEmpty == true { break }
    }
    depth = common?.count ?? 0
  }

  /// The part in which a file lies; `nil` where it lies beside them.
  func tree(of location: SourceLocation) -> Substring? {
    let folders = location.path.split(separator: "/").dropLast()
    return folders.count > depth ? folders[depth] : nil
  }

  /// The parts in which places lie; empty where one of them lies beside the parts, and so belongs to each.
  func trees(of places: [Evidence]) -> Set<Substring> {
    let trees = places.map { tree(of: $0.location) }
    return trees.contains(nil) ? [] : Set(trees.compactMap(\.self))
  }

  /// Whether two sets of places lie in one part, or one of them beside all.
  func areNear(_ a: [Evidence], _ b: [Evidence]) -> Bool {
    let (first, second) = (trees(of: a), trees(of: b))
    return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
  }
}

/// Whether a name is one plain word, such as `approvals` or `Customer`: too common to say by itself that two things of
/// different folders are one.
func isPlainWord(_ name: String) -> Bool {
  var previous: Character?
  for character in name {
    guard character.isLetter, character.isASCII else { return false }
    if character.isUppercase, previous?.isLowercase == true { return false }
    previous = character
  }
  return previous != nil
}
