import DocumentReading
import Inventory

/// A connector of Mule, known by its namespace `http://www.mulesoft.org/schema/mule/<id>`.
struct MuleConnector {
  /// Product that it leads to; `nil` where the configuration says.
  var application: String?
  /// By what means.
  var channel: Connection.Channel

  /// Last part of the namespace of an element, such as `http`, `ee/core` or `mcp`.
  static func id(of element: XMLElement) -> String {
    let namespace = element.namespace ?? ""
    for prefix in [
      "http://www.mulesoft.org/schema/mule/", "http://www.mulesource.org/schema/mule/",
    ] where namespace.hasPrefix(prefix) {
      let id = String(namespace.dropFirst(prefix.count))
      // Mule 2 wrote the version behind it.
      return id.split(separator: "/").first.map { String($0) == "core" ? "core" : id } ?? id
    }
    return namespace
  }

  /// The connector of an element; `nil` for what works inside the application only.
  init?(of element: XMLElement) {
    let id = Self.id(of: element)
    if Self.local.contains(id) || id.hasPrefix("ee/") || id.hasPrefix("munit") || id.isEmpty
      || id.contains("springframework")
    {
      return nil
    }
    if let known = Self.known[id] {
      (application, channel) = known
      return
    }
    // What is not listed keeps the name of its namespace.
    application = id.contains("://") ? nil : id
    channel = .api
  }

  /// Namespaces that compute, check or control, and reach nothing.
  private static let local: Set<String> = [
    "core", "batch", "validation", "scripting", "java", "json", "xml", "xml-module", "crypto",
    "compression", "tracing", "secure-properties", "secure-property-placeholder", "mule-apikit",
    "apikit", "apikit-soap", "documentation", "tls", "spring", "spring-security", "api-gateway",
    "api-platform-gw", "http-policy", "http-transform", "pgp", "aggregators", "jtokkit",
    "sockets-tls",
    "oauth", "oauth2-provider", "schema", "expression-xml", "data-mapper", "metadata", "tokenizer",
    "module-error-handler-plugin", "common-error-handler", "rosettanet-tls", "cxf-tls", "db-tls",
    "json-logger", "jsonlogger", "business-events", "tracking", "context-propagation",
    "mac-token-counter",
  ]

  /// Namespaces of connectors and the products behind them (docs.mulesoft.com/connectors, Exchange).
  private static let known: [String: (String?, Connection.Channel)] = [
    "http": (nil, .api), "https": (nil, .api), "wsc": (nil, .api), "ws": (nil, .api),
    "cxf": (nil, .api), "jersey": (nil, .api), "graphql": (nil, .api),
    "graphql-client": (nil, .api),
    "websocket": (nil, .api), "sse": (nil, .api), "sockets": (nil, .api), "tcp": (nil, .api),
    "db": (nil, .database), "jdbc": (nil, .database), "mongo": ("MongoDB", .database),
    "mongodb": ("MongoDB", .database), "redis": ("Redis", .database),
    "cassandra-db": ("Cassandra", .database), "neo4j": ("Neo4j", .database),
    "snowflake": ("Snowflake", .database), "hdfs": ("Hadoop", .file),
    "jms": ("JMS", .queue), "activemq": ("ActiveMQ", .queue), "wmq": ("IBM MQ", .queue),
    "ibm-mq": ("IBM MQ", .queue), "amqp": ("AMQP", .queue), "kafka": ("Apache Kafka", .queue),
    "anypoint-mq": ("Anypoint MQ", .queue), "vm": ("Mule VM queues", .queue),
    "sqs": ("Amazon SQS", .queue), "sns": ("Amazon SNS", .queue),
    "azure-service-bus": ("Azure Service Bus", .queue),
    "azure-service-bus-messaging": ("Azure Service Bus", .queue),
    "pubsub": ("Google Pub/Sub", .queue),
    "google-pubsub": ("Google Pub/Sub", .queue), "solace": ("Solace", .queue),
    "file": ("File system", .file), "ftp": (nil, .file), "ftps": (nil, .file),
    "sftp": (nil, .file), "smb": (nil, .file), "s3": ("Amazon S3", .file),
    "azure-blob-storage": ("Azure Blob Storage", .file), "box": ("Box", .file),
    "dropbox": ("Dropbox", .file), "sharepoint": ("SharePoint", .api),
    "email": (nil, .mail), "smtp": (nil, .mail), "imap": (nil, .mail), "pop3": (nil, .mail),
    "gmail": ("Gmail", .mail),
    "salesforce": ("Salesforce", .api), "sfdc": ("Salesforce", .api),
    "salesforce-composite": ("Salesforce", .api), "salesforce-pub-sub": ("Salesforce", .queue),
    "sfdc-analytics": ("Salesforce Analytics", .api),
    "salesforce-marketing-cloud": ("Salesforce Marketing Cloud", .api),
    "sap": ("SAP", .api), "sap-s4hana": ("SAP S/4HANA", .api), "s4hana": ("SAP S/4HANA", .api),
    "servicenow": ("ServiceNow", .api), "slack": ("Slack", .api), "jira": ("Jira", .api),
    "workday": ("Workday", .api), "netsuite": ("Oracle NetSuite", .api),
    "oracle-ebs": ("Oracle E-Business Suite", .api), "zendesk": ("Zendesk", .api),
    "twilio": ("Twilio", .api), "twilio-connector": ("Twilio", .api), "stripe": ("Stripe", .api),
    "hubspot": ("HubSpot", .api), "marketo": ("Marketo", .api), "docusign": ("DocuSign", .api),
    "microsoft-dynamics-365": ("Dynamics 365", .api), "dynamics365": ("Dynamics 365", .api),
    "dynamics-crm": ("Dynamics 365", .api), "microsoft-teams": ("Microsoft Teams", .api),
    "microsoft-graph": ("Microsoft Graph", .api), "google-sheets": ("Google Sheets", .api),
    "google-drive": ("Google Drive", .api), "google-calendar": ("Google Calendar", .api),
    "lambda": ("AWS Lambda", .api), "dynamodb": ("Amazon DynamoDB", .database),
    "ldap": ("LDAP", .api), "as2": ("AS2", .api), "peoplesoft": ("PeopleSoft", .api),
    "siebel": ("Siebel", .api), "swift": ("SWIFT", .api),
    "ms-inference": (nil, .api), "mac-inference": (nil, .api), "ms-aichain": (nil, .api),
    "mulechain": (nil, .api), "mac-ai-chain": (nil, .api),
    "ms-einstein-ai": ("Salesforce Einstein", .api), "mac-einstein": ("Salesforce Einstein", .api),
    "einstein-ai": ("Salesforce Einstein", .api), "ms-agentforce": ("Agentforce", .api),
    "agentforce": ("Agentforce", .api), "ms-vectors": (nil, .api), "mac-vectors": (nil, .api),
    "ms-bedrock": ("Amazon Bedrock", .api), "mac-bedrock": ("Amazon Bedrock", .api),
    "amazon-bedrock": ("Amazon Bedrock", .api), "ms-webcrawler": ("Websites", .api),
    "mac-web-crawler": ("Websites", .api), "whisperer": ("OpenAI Whisper", .api),
    "mcp": (nil, .mcp), "a2a": (nil, .a2a), "os": ("Mule Object Store", .internalCall),
    "objectstore": ("Mule Object Store", .internalCall),
  ]

  /// Providers of language models, by the beginning of the name of a connection or type.
  static func modelProvider(_ kind: String) -> String? {
    let kind = kind.lowercased().filter { $0.isLetter || $0.isNumber }
    let providers: [(String, String)] = [
      ("azureopenai", "Azure OpenAI"), ("azureaifoundry", "Azure AI Foundry"),
      ("openaicompatible", "OpenAI-compatible service"), ("openai", "OpenAI"),
      ("anthropic", "Anthropic"), ("mistral", "Mistral AI"), ("gemini", "Google Gemini"),
      ("googlevertex", "Google Vertex AI"), ("vertex", "Google Vertex AI"), ("xai", "xAI"),
      ("ollama", "Ollama"), ("groq", "Groq"), ("huggingface", "Hugging Face"),
      ("cohere", "Cohere"), ("deepseek", "DeepSeek"), ("amazonbedrock", "Amazon Bedrock"),
      ("bedrock", "Amazon Bedrock"), ("einstein", "Salesforce Einstein"),
      ("heroku", "Heroku AI"), ("github", "GitHub Models"), ("nvidia", "NVIDIA"),
      ("databricks", "Databricks"), ("watsonx", "IBM watsonx"), ("perplexity", "Perplexity"),
      ("openrouter", "OpenRouter"), ("portkey", "Portkey"), ("amazons3", "Amazon S3"),
      ("pgvector", "PostgreSQL"), ("pinecone", "Pinecone"), ("qdrant", "Qdrant"),
      ("milvus", "Milvus"), ("elasticsearch", "Elasticsearch"), ("opensearch", "OpenSearch"),
      ("chroma", "Chroma"), ("weaviate", "Weaviate"), ("azureaisearch", "Azure AI Search"),
      ("azureblob", "Azure Blob Storage"), ("googlecloudstorage", "Google Cloud Storage"),
      ("local", "File system"),
    ]
    return providers.first { kind.hasPrefix($0.0) }?.1
  }
}
