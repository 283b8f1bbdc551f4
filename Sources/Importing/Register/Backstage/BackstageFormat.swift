import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Entities of a Backstage catalogue: `catalog-info.yaml` of a repository, or lists of entities.
  static let backstage = ImportFormat(
    id: "backstage", title: "Backstage catalogue",
    isFormat: { file in
      guard file.contains("backstage.io/v"), file.contains("kind"),
        let documents = try? file.documents()
      else { return false }
      return !backstageEntities(in: documents).isEmpty
    },
    readFile: { file throws(DocumentError) in
      var catalogue = BackstageCatalogue(path: file.path)
      for entity in backstageEntities(in: try file.documents()) { catalogue.add(entity) }
      return catalogue.finished(at: file.location)
    })
}

/// The entities in a file: one for each document, or those of a list that the catalogue's API answers.
private func backstageEntities(in documents: [DataNode]) -> [DataNode] {
  func isEntity(_ node: DataNode) -> Bool {
    (node["apiVersion"]?.string?.contains("backstage.io/v") ?? false)
      && node["kind"]?.string != nil && node["metadata"]?["name"]?.text != nil
  }
  return documents.flatMap { $0.array ?? $0["items"]?.array ?? [$0] }.filter(isEntity)
}
