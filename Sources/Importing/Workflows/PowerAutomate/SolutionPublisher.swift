import DocumentReading
import Facts

/// The publisher of a solution of the Power Platform, from its `solution.xml`; `nil` where it is the one that
/// every environment has.
///
/// A publisher stands for a whole package: it owns nothing in it, but is who can be asked.
func publisher(ofSolution root: XMLElement) -> Fact<String>? {
  guard let publisher = root.first("SolutionManifest")?.first("Publisher") else { return nil }
  let unique = publisher.first("UniqueName")
  let shown = publisher.first("LocalizedNames")?.first("LocalizedName")
  let name = shown?["description"]?.trimmedOrNil ?? unique?.text.trimmedOrNil
  guard let name,
    ![name, unique?.text ?? ""].contains(where: { $0.lowercased().contains("default") })
  else { return nil }
  return Fact(name, Evidence(.imported, (shown ?? unique ?? publisher).location, note: "publisher"))
}
