/// The address of a group among addresses that are parted by commas or semicolons; `nil` where there
/// is none.
///
/// Addresses such as `first.last@…` are people's, and people are no team; computed ones are unknown.
func groupMailbox(among addresses: String) -> String? {
  guard !isExpression(addresses) else { return nil }
  let first = addresses.split { $0 == ";" || $0 == "," }.first.map(String.init)?.trimmedOrNil
  guard let first, let at = first.firstIndex(of: "@"), at != first.startIndex else { return nil }
  let name = first[..<at].lowercased()
  // One word alone may be a first name as well as a department: only words of work count.
  let words = name.split { !$0.isLetter }.map(String.init)
  let ofWork = [
    "accounting", "accounts", "admin", "administration", "admissions", "alerts", "approval",
    "approvals", "approvers", "billing", "board", "care", "claims", "compliance", "contact",
    "controlling", "credit", "customer", "customercare", "customerservice", "desk", "finance",
    "group",
    "help", "helpdesk", "hr", "info", "it", "legal", "mail", "management", "marketing", "office",
    "operations", "ops", "orders", "payments", "payroll", "procurement", "purchasing", "quality",
    "reception", "recruiting", "recruitment", "reviewers", "risk", "sales", "security", "service",
    "servicedesk", "support", "team", "treasury",
  ]
  return words.contains(where: ofWork.contains) ? first : nil
}
