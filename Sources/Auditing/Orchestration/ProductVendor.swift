import Inventory

/// The vendor of a product or platform, by its name; the name itself where it tells no more.
func productVendor(_ technology: String) -> String {
  let ranks = phrases(of: technology).compactMap { rankOfPhrase[$0] }
  return ranks.min().map { vendors[$0].name } ?? technology
}

/// Whether a technology is what an organisation made itself, so that nobody sells it.
func isOwnDevelopment(_ technology: String) -> Bool {
  let own: Set = [
    "own development", "own code", "in house", "inhouse", "home grown", "custom development",
    "custom code", "self developed",
  ]
  return phrases(of: technology).contains(where: own.contains)
}

private let rankOfPhrase: [String: Int] = Dictionary(
  vendors.enumerated().flatMap { rank, vendor in vendor.words.map { ($0, rank) } },
  uniquingKeysWith: { first, _ in first })

/// First match counts, so that what was bought by another stands before it.
private let vendors: [(name: String, words: [String])] = [
  ("UiPath", ["ui path", "uipath"]),
  (
    "Microsoft",
    [
      "power automate", "power apps", "copilot", "microsoft", "azure", "logic apps", "auto gen",
      "autogen",
      "share point", "sharepoint", "dynamics", "power shell", "powershell", "semantic kernel",
      "vbscript",
      "vbscript", "office", "outlook", "excel", "teams",
    ]
  ),
  ("Camunda", ["camunda", "zeebe"]),
  ("Salesforce", ["salesforce", "agentforce", "mule soft", "mulesoft", "mule", "slack"]),
  ("IBM", ["ibm", "watsonx"]), ("ServiceNow", ["service now", "servicenow"]),
  ("Amazon", ["aws", "amazon", "step functions", "bedrock"]),
  ("Google", ["google", "vertex", "gemini"]), ("SAP", ["sap"]),
  ("SS&C Blue Prism", ["blue prism", "blueprism"]),
  ("Automation Anywhere", ["automation anywhere"]), ("n8n", ["n8n", "n 8 n"]),
  ("CrewAI", ["crew ai", "crewai"]),
  ("LangChain", ["lang chain", "langchain", "lang graph", "langgraph"]),
  ("Red Hat", ["drools", "red hat", "jbpm", "kogito"]), ("SAS", ["sas"]),
  ("Oracle", ["oracle"]), ("Pegasystems", ["pega"]), ("Appian", ["appian"]),
  ("Atlassian", ["jira", "confluence", "atlassian"]), ("OpenAI", ["openai", "open ai"]),
  ("Workato", ["workato"]), ("Zapier", ["zapier"]), ("Make", ["make com"]),
]
