internal import CLibXML2
import Facts

/// Parses an XML document from an untrusted file.
///
/// Nothing outside the bytes is ever loaded. Documents that declare entities of their own are
/// refused, since both entity bombs and disclosure of local files need them; so are documents beyond
/// the limits. A file that calls itself UTF-16 but is plain single-byte text, as .NET programs write
/// it, is read as UTF-8.
/// - Throws: `malformed`, `truncated`, `tooLarge`, `tooDeep`, `hostile`, `wrongEncoding`.
/// - Complexity: O(bytes).
public func parseXML(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> XMLElement {
  try limits.checkSize(bytes.count, path: path)
  let whole = SourceLocation(path: path)
  guard !bytes.isEmpty else {
    throw DocumentError(.truncated, "the file is empty where XML was expected", at: whole)
  }
  let builder = XMLTreeBuilder(path: path, limits: limits, stopsAtRoot: false)
  let isWellFormed = builder.run(over: bytes)
  if let failure = builder.failure { throw failure }
  guard isWellFormed, let root = builder.root else {
    throw DocumentError(.malformed, "the file is not well-formed XML", at: whole)
  }
  return root
}

/// Parses an XML document and hands over the elements at some paths as soon as each is complete, so that
/// a document of millions of records needs no memory for more than one of them beside its bytes.
///
/// Limits and errors are those of `parseXML`; what comes before an error has been handed over by then.
/// - Parameters:
///   - records: For each kind of record the local names from the root to it, such as `["log", "trace"]`.
///   - take: Called with each record and the position of its path in `records`, in document order.
/// - Returns: The root element without the records.
/// - Throws: as `parseXML`.
/// - Complexity: O(bytes).
public func streamXML(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard, records: [[String]],
  take: @escaping (XMLElement, Int) -> Void
) throws(DocumentError) -> XMLElement {
  try limits.checkSize(bytes.count, path: path)
  let whole = SourceLocation(path: path)
  guard !bytes.isEmpty else {
    throw DocumentError(.truncated, "the file is empty where XML was expected", at: whole)
  }
  let builder = XMLTreeBuilder(path: path, limits: limits, stopsAtRoot: false)
  builder.records = records
  builder.take = take
  let isWellFormed = builder.runInParts(over: bytes)
  if let failure = builder.failure { throw failure }
  guard isWellFormed, let root = builder.root else {
    throw DocumentError(.malformed, "the file is not well-formed XML", at: whole)
  }
  return root
}

/// Namespace and local name of the root element; `nil` where the bytes do not begin as XML.
///
/// Reads only as far as the first start tag, at most 256 KiB.
public func xmlRootName(_ bytes: [UInt8]) -> (namespace: String?, name: String)? {
  let start = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  // `<`, or the first byte of a byte order mark, or UTF-16 without one.
  guard let start, [0x3C, 0xEF, 0xFE, 0xFF, 0x00].contains(start) else { return nil }
  let builder = XMLTreeBuilder(path: "", limits: .standard, stopsAtRoot: true)
  _ = builder.run(over: Array(bytes.prefix(256 << 10)))
  return builder.root.map { ($0.namespace, $0.name) }
}

/// Builds the tree from the events of libxml2's push-free SAX2 interface.
///
/// SAX2 and not the reader, because its events come at the very tag they tell of: the reader parses
/// ahead by blocks, so that its line numbers are of the block's end. The only type that touches
/// libxml2.
private final class XMLTreeBuilder {
  let path: String
  let limits: DocumentLimits
  /// Whether to end at the first start tag.
  let stopsAtRoot: Bool
  private(set) var root: XMLElement?
  private(set) var failure: DocumentError?

  /// Paths of the elements that are handed over instead of kept, and who takes them.
  var records: [[String]] = []
  var take: ((XMLElement, Int) -> Void)?

  private struct OpenElement {
    var element: XMLElement
    var text: [UInt8] = []
    /// Whether a child was handed over.
    var hasRecords = false
  }
  private var open: [OpenElement] = []
  private var nodes = 0
  /// libxml2 keeps each name once, so that its address stands for it.
  private var names: [UnsafePointer<xmlChar>: String] = [:]
  private var context: xmlParserCtxtPtr?

  init(path: String, limits: DocumentLimits, stopsAtRoot: Bool) {
    self.path = path
    self.limits = limits
    self.stopsAtRoot = stopsAtRoot
  }

  /// Parses; whether the document was well-formed to its end.
  func run(over bytes: [UInt8]) -> Bool {
    guard bytes.count <= Int(CInt.max) else { return false }
    return bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      return parse(bytes) { context, options in
        xmlCtxtReadMemory(context, start, CInt(buffer.count), nil, nil, options)
      }
    }
  }

  /// The same, but libxml2 gets the bytes in small parts, where it would else copy them all.
  func runInParts(over bytes: [UInt8]) -> Bool {
    let feed = ByteFeed(bytes)
    return withExtendedLifetime(feed) {
      parse(bytes) { context, options in
        xmlCtxtReadIO(
          context,
          { feed, buffer, count in
            guard let feed, let buffer, count > 0 else { return 0 }
            return Unmanaged<ByteFeed>.fromOpaque(feed).takeUnretainedValue().fill(
              buffer, count)
          }, nil, Unmanaged.passUnretained(feed).toOpaque(), nil, nil, options)
      }
    }
  }

  private func parse(_ bytes: [UInt8], read: (xmlParserCtxtPtr, CInt) -> xmlDocPtr?) -> Bool {
    _ = libraryIsReady
    guard let context = xmlNewParserCtxt() else { return false }
    defer {
      xmlFreeParserCtxt(context)
      self.context = nil
    }
    self.context = context
    var options = XML_PARSE_NONET.rawValue
    if declaresUTF16InSingleBytes(bytes) { options |= XML_PARSE_IGNORE_ENC.rawValue }
    context.pointee.sax.pointee = handlers()
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    // Declarations in a DTD make libxml2 keep a document of its own, which is not needed.
    xmlFreeDoc(read(context, CInt(options)))
    return context.pointee.wellFormed != 0
  }

  private func handlers() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { user, name, _, uri, _, _, count, defaulted, attributes in
      builder(user)?.start(
        name, uri, attributes, count: Int(count) - Int(defaulted))
    }
    sax.endElementNs = { user, _, _, _ in builder(user)?.end() }
    sax.characters = { user, text, count in builder(user)?.add(text, Int(count)) }
    sax.cdataBlock = { user, text, count in builder(user)?.add(text, Int(count)) }
    sax.serror = { user, error in builder(user)?.note(error) }
    if !stopsAtRoot {
      sax.entityDecl = { user, name, _, _, _, _ in builder(user)?.refuseEntity(name) }
      sax.unparsedEntityDecl = { user, name, _, _, _ in builder(user)?.refuseEntity(name) }
      sax.reference = { user, name in builder(user)?.refuseReference(name) }
    }
    return sax
  }

  // MARK: Events

  func start(
    _ name: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
  ) {
    guard failure == nil, let name else { return }
    var element = XMLElement(
      name: interned(name), namespace: uri.map(interned), location: startTagLocation())
    element.attributes.reserveCapacity(count)
    for index in 0..<max(count, 0) {
      guard let attributes, let attributeName = attributes[index * 5],
        let valueStart = attributes[index * 5 + 3], let valueEnd = attributes[index * 5 + 4]
      else { continue }
      let bytes = UnsafeBufferPointer(start: valueStart, count: valueEnd - valueStart)
      element.attributes.append(
        XMLAttribute(
          name: interned(attributeName), namespace: attributes[index * 5 + 2].map(interned),
          value: attributeText(String(decoding: bytes, as: UTF8.self))))
    }
    element.location.element = element["id"]
    nodes += 1 + element.attributes.count
    if nodes > limits.nodes { return stop(limits.tooManyNodes(at: element.location)) }
    if open.count >= limits.depth { return stop(limits.tooDeep(at: element.location)) }
    if stopsAtRoot {
      root = element
      xmlStopParser(context)
      return
    }
    open.append(OpenElement(element: element))
  }

  /// The text of an attribute's value.
  ///
  /// Where entities are not replaced, as here, libxml2 hands every `&` of an attribute over as `&#38;`, for
  /// its own tree builder to read again (xmlParseAttValueComplex in parser.c).
  private func attributeText(_ value: String) -> String {
    value.utf8.contains(UInt8(ascii: "&")) ? value.replacing("&#38;", with: "&") : value
  }

  func end() {
    guard failure == nil, var closed = open.popLast() else { return }
    let isBlank = closed.text.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if !(isBlank && (closed.hasRecords || !closed.element.children.isEmpty)) {
      closed.element.text = String(decoding: closed.text, as: UTF8.self)
    }
    if open.isEmpty {
      root = closed.element
    } else if let take, let record = record(closed.element.name) {
      open[open.count - 1].hasRecords = true
      take(closed.element, record)
    } else {
      open[open.count - 1].element.children.append(closed.element)
    }
  }

  /// Which kind of record an element of this name is, whose parents are those that are open.
  private func record(_ name: String) -> Int? {
    records.firstIndex { path in
      path.count == open.count + 1 && path[open.count] == name
        && open.indices.allSatisfy { open[$0].element.name == path[$0] }
    }
  }

  func add(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
    guard failure == nil, !open.isEmpty, let text else { return }
    open[open.count - 1].text.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  func refuseEntity(_ name: UnsafePointer<xmlChar>?) {
    let name = name.map { String(cString: $0) } ?? ""
    // Declaring the five predefined entities again is allowed and harmless.
    guard !["lt", "gt", "amp", "apos", "quot"].contains(name) else { return }
    stop(
      DocumentError(
        .hostile,
        "the document declares the entity '\(name)', which could disclose files or exhaust memory;"
          + " remove the declaration and write its text instead",
        at: here))
  }

  func refuseReference(_ name: UnsafePointer<xmlChar>?) {
    let name = name.map { String(cString: $0) } ?? ""
    stop(
      DocumentError(
        .malformed, "the entity '\(name)' is used but not declared; write its text instead",
        at: here))
  }

  private func stop(_ error: DocumentError) {
    failure = failure ?? error
    xmlStopParser(context)
  }

  // MARK: Positions and errors

  private var here: SourceLocation {
    let input = context?.pointee.input?.pointee
    return SourceLocation(
      path: path, line: input.map { Int($0.line) }, column: input.map { Int($0.col) })
  }

  /// Where the current start tag began; libxml2 stands at its end.
  ///
  /// No `<` may stand inside a tag, so the nearest one before is its first character.
  private func startTagLocation() -> SourceLocation {
    guard let input = context?.pointee.input?.pointee, let base = input.base, var at = input.cur
    else { return SourceLocation(path: path) }
    var lines = 0
    var characters = 0
    while at > base {
      at -= 1
      if at.pointee == 0x0A { lines += 1 }
      if at.pointee & 0xC0 != 0x80 { characters += 1 }
      if at.pointee == 0x3C { break }
    }
    var location = SourceLocation(path: path, line: Int(input.line) - lines)
    if lines == 0 {
      location.column = max(Int(input.col) - characters, 1)
    } else {
      location.column = column(of: at, from: base)
    }
    return location
  }

  /// Column of a place, counted back to the line break before it; `nil` where that is far.
  private func column(
    of place: UnsafePointer<xmlChar>, from base: UnsafePointer<xmlChar>
  ) -> Int? {
    var at = place
    var column = 1
    while at > base, place - at < 1000 {
      at -= 1
      if at.pointee == 0x0A { return column }
      if at.pointee & 0xC0 != 0x80 { column += 1 }
    }
    return nil
  }

  /// Keeps the first error that ends the parsing, in our words.
  func note(_ error: xmlErrorPtr?) {
    guard failure == nil, !stopsAtRoot, let error = error?.pointee else { return }
    let said = error.message.map { String(cString: $0) } ?? ""
    let isEncoding =
      said.hasPrefix("Input is not proper") || error.domain == CInt(XML_FROM_I18N.rawValue)
      || [31, 32, 81, 1544].contains(error.code)
    guard error.level == XML_ERR_FATAL || isEncoding else { return }
    let location = SourceLocation(
      path: path, line: error.line > 0 ? Int(error.line) : nil,
      column: error.line > 0 && error.int2 > 0 ? Int(error.int2) : nil)
    if isEncoding {
      failure = DocumentError(
        .wrongEncoding,
        "the bytes here are not text in the encoding that the XML declaration names (UTF-8 where"
          + " it names none); save the file in that encoding or declare the right one",
        at: location)
      return
    }
    let reason = said.split(separator: "\n").first.map(String.init) ?? "unknown error"
    if said.hasPrefix("Excessive depth") {
      failure = limits.tooDeep(at: location)
    } else if isAtEnd {
      failure = DocumentError(
        .truncated, "the document ends too early (\(reason)); export or copy it again",
        at: location)
    } else {
      failure = DocumentError(
        .malformed, "this is not well-formed XML (\(reason)); correct it or export it again",
        at: location)
    }
  }

  private var isAtEnd: Bool {
    guard let input = context?.pointee.input?.pointee, let cur = input.cur, let end = input.end
    else { return true }
    return cur >= end
  }

  private func interned(_ name: UnsafePointer<xmlChar>) -> String {
    if let known = names[name] { return known }
    let text = String(cString: name)
    names[name] = text
    return text
  }
}

/// Bytes that libxml2 asks for, one part after the other.
private final class ByteFeed {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Fills a buffer; how many bytes there were.
  func fill(_ buffer: UnsafeMutablePointer<CChar>, _ most: CInt) -> CInt {
    let count = min(Int(most), bytes.count - position)
    bytes.withUnsafeBytes { source in
      if count > 0, let start = source.baseAddress {
        UnsafeMutableRawPointer(buffer).copyMemory(from: start + position, byteCount: count)
      }
    }
    position += count
    return CInt(count)
  }
}

/// The builder behind a callback's user pointer.
private func builder(_ user: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
  user.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
}

/// libxml2 asks to be initialised once before several threads use it.
private let libraryIsReady: Bool = {
  xmlInitParser()
  return true
}()

/// Whether a document declares UTF-16 in text that plainly is not.
private func declaresUTF16InSingleBytes(_ bytes: [UInt8]) -> Bool {
  var head = bytes.prefix(200)
  if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
  guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: 0x3E) else {
    return false
  }
  let declaration = String(decoding: head[..<end], as: UTF8.self).lowercased()
  return declaration.contains("encoding=\"utf-16") || declaration.contains("encoding='utf-16")
}
