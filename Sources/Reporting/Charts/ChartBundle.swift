public import Foundation

/// The JavaScript that draws the charts: Vega, Vega-Lite and vega-embed in one script, made at set-up.
public struct ChartBundle: Sendable, Hashable {
  /// The script; sets the global `vegaEmbed`.
  public var script: String

  /// Creates a bundle of a script that may stand inline.
  ///
  /// - Returns: `nil` where the script could not stand inside an HTML `script` element.
  public init?(script: String) {
    let lower = script.lowercased()
    guard !script.isEmpty, !lower.contains("</script"), !lower.contains("<!--") else { return nil }
    self.script = script
  }

  /// The bundle `charts.js` of a folder; `nil` where there is none that can be used.
  ///
  /// Set-up writes it to `share/rehearse`.
  public static func read(folder: URL) -> ChartBundle? {
    guard let bytes = try? Data(contentsOf: folder.appending(path: "charts.js")),
      bytes.count < 20_000_000
    else { return nil }
    return ChartBundle(script: String(decoding: bytes, as: UTF8.self))
  }
}
