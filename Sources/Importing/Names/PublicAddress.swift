/// An address without what may be secret in it: user, query and fragment.
func publicAddress(_ address: String) -> String {
  let bytes = address.utf8
  let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
  let text = bytes[..<(end ?? bytes.endIndex)]
  let stroke = UInt8(ascii: "/")
  // `scheme://user@host/path`: the user ends at the last `@` before the path.
  guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
    text[text.index(after: colon)...].starts(with: [stroke, stroke])
  else { return String(Substring(text)) }
  let start = text.index(colon, offsetBy: 3)
  let rest = text[start...]
  let authority = rest[..<(rest.firstIndex(of: stroke) ?? rest.endIndex)]
  guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return String(Substring(text)) }
  return String(Substring(text[..<start])) + String(Substring(rest[rest.index(after: at)...]))
}

/// Whether a host is the machine on which the file lies, which identifies nothing.
func isLoopback(_ host: String) -> Bool {
  host == "localhost" || host.hasPrefix("127.") || host == "0.0.0.0" || host == "::1"
    || host.hasSuffix(".localhost") || host == "host.docker.internal"
}

/// The application behind an address: the product's name, else the host; `nil` where there is none.
func application(ofAddress address: String) -> String? {
  guard let host = host(ofAddress: address), !isLoopback(host) else { return nil }
  return KnownApplication.named(byHost: host) ?? host
}
