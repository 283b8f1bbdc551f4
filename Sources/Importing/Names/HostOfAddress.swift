/// The host of an address such as `https://user@host:8443/path`; `nil` where there is none.
///
/// A leading `www.` is left out, placeholders (`${…}`, `@{…}`, `*`) are no host.
func host(ofAddress address: String) -> String? {
  var rest = Substring(address)
  if let scheme = rest.range(of: "://") {
    rest = rest[scheme.upperBound...]
  } else {
    // Without scheme only what looks like `name.domain/…` is taken for an address.
    guard let stroke = rest.firstIndex(of: "/") ?? rest.indices.last, rest[..<stroke].contains(".")
    else { return nil }
  }
  rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
  if let port = rest.lastIndex(of: ":"), rest[rest.index(after: port)...].allSatisfy(\.isNumber) {
    rest = rest[..<port]
  }
  let host = rest.lowercased()
  let isHost =
    !host.isEmpty
    && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    && (host.contains(".") || host == "localhost") && !host.hasPrefix(".") && !host.hasSuffix(".")
  guard isHost else { return nil }
  return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
}

/// The host of an address that an expression contains as text, such as `="https://host/" + path`; `nil`
/// where it is computed, in part or by a choice among several.
func host(inExpression text: String) -> String? {
  let hosts = uniqueInOrder(
    text.ranges(of: "://").map { scheme in
      let rest = text[scheme.upperBound...]
      let host = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
      // After it may come a port, a path or the end of the literal, but no expression.
      let next = rest.dropFirst(host.count).first.map(String.init) ?? ""
      return "$#{%".contains(next) && !next.isEmpty ? "" : host.lowercased()
    })
  guard hosts.count == 1, let host = hosts.first, host.contains(".") || host == "localhost",
    !host.hasSuffix("."), !host.hasSuffix("-"), !host.hasPrefix(".")
  else { return nil }
  return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
}

extension Substring {
  /// The range of the first occurrence of a text.
  fileprivate func range(of text: String) -> Range<Substring.Index>? { ranges(of: text).first }
}
