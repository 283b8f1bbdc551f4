/// An address without what may be secret in it: user, query and fragment.
func publicAddress(_ address: String) -> String {
  var text = Substring(address)
  if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) { text = text[..<end] }
  guard let scheme = text.ranges(of: "://").first else { return String(text) }
  let rest = text[scheme.upperBound...]
  let authority = rest.prefix { $0 != "/" }
  guard let at = authority.lastIndex(of: "@") else { return String(text) }
  return String(text[..<scheme.upperBound]) + String(rest[rest.index(after: at)...])
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
