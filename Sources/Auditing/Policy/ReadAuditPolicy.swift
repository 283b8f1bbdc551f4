public import DocumentReading
import Facts

/// Reads what the organisation says about its estate and its rules from a YAML file.
///
/// - Parameters:
///   - bytes: The file.
///   - path: Path shown in errors and as evidence.
/// - Throws: `AuditPolicyErrors` with everything that is wrong, each with its place.
public func readAuditPolicy(
  _ bytes: [UInt8], path: String
) throws(AuditPolicyErrors) -> AuditPolicy {
  let root: DataNode
  do { root = try parseYAML(bytes, path: path) } catch {
    throw AuditPolicyErrors(problems: [error])
  }
  var reading = PolicyReading()
  var policy = AuditPolicy()
  let sections = PolicySection.all
  let found = reading.group(root, keys: sections.map(\.key))
  for section in sections {
    if let node = found[section.key] { section.read(node, &policy, &reading) }
  }
  if !reading.problems.isEmpty { throw AuditPolicyErrors(problems: reading.problems) }
  return policy
}

/// Why a policy file cannot be used.
public struct AuditPolicyErrors: Error, Hashable, Sendable {
  /// Everything that is wrong, in the order of the keys; never empty.
  public var problems: [DocumentError]
}
