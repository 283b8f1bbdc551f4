import Inventory

/// Domains of work in which agents are usually tried first.
///
/// Source: *Building the Agentic Enterprise, Part 5: The Orchestration Layer*; the words are ours.
enum BusinessDomain: String, CaseIterable {
  case finance
  case people = "HR"
  case supply = "supply chain"
  case customer = "customer service"
  case sales
  case information = "IT"
  case risk = "legal and compliance"

  /// The domains of which a text speaks, in order.
  static func all(in text: String) -> [BusinessDomain] {
    let found = Set(words(of: text).compactMap { domains[stem($0)] })
    return allCases.filter(found.contains)
  }

  private static let domains: [String: BusinessDomain] = Dictionary(
    allCases.flatMap { domain in domain.stems.map { ($0, domain) } },
    uniquingKeysWith: { first, _ in first })

  private var stems: Set<String> {
    Set(
      {
        switch self {
        case .finance:
          [
            "finance", "financial", "accounting", "accounts", "invoice", "invoices", "payment",
            "payments",
            "ledger", "billing", "tax", "treasury", "expense", "loan", "loans", "credit", "budget",
            "payable", "receivable", "mortgage",
          ]
        case .people:
          [
            "hr", "employee", "employees", "payroll", "recruiting", "recruitment", "hiring",
            "candidate",
            "onboarding", "vacation", "workforce", "resume",
          ]
        case .supply:
          [
            "supply", "supplier", "procurement", "purchase", "purchasing", "warehouse", "inventory",
            "shipping", "shipment", "logistics", "delivery", "stock",
          ]
        case .customer:
          [
            "customer", "customers", "complaint", "complaints", "contact", "helpdesk", "claimant",
            "reservation", "refund",
          ]
        case .sales:
          ["sales", "lead", "leads", "opportunity", "quote", "marketing", "campaign", "crm"]
        case .information:
          [
            "incident", "incidents", "ticket", "tickets", "server", "network", "deployment",
            "software",
            "password", "laptop", "infrastructure", "devops",
          ]
        case .risk:
          [
            "legal", "compliance", "contract", "contracts", "aml", "kyc", "sanctions", "audit",
            "fraud",
            "regulatory", "policy", "risk",
          ]
        }
      }().map(stem))
  }
}
