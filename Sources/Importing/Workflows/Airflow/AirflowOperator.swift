import Inventory

/// What the import path of an operator of Apache Airflow tells of it.
///
/// Source: Airflow documentation, operators and hooks reference of its providers.
struct AirflowOperator {
  /// Import path as written.
  let written: String
  /// Path without the class, in lower case.
  let package: String
  /// Class.
  let name: String

  init(_ written: String) {
    self.written = written
    let parts = written.split(separator: ".").map(String.init)
    name = parts.last ?? written
    package = parts.dropLast().joined(separator: ".").lowercased()
  }

  var isSensor: Bool { name.hasSuffix("Sensor") || name.hasSuffix("SensorAsync") }

  var callsWorkflow: Bool {
    ["TriggerDagRunOperator", "ExternalTaskSensor", "ExternalTaskMarker"].contains(name)
  }

  var runsCode: Bool {
    name.hasPrefix("Python") || name.hasPrefix("BranchPython") || name.hasPrefix("Bash")
      || name.hasPrefix("ExternalPython") || package.contains("decorators") || name == "task"
  }

  /// What a person does at it; `nil` where none is asked (`…standard.operators.hitl`, Airflow 3.1).
  var humanAct: HumanTouchPoint.Kind? {
    switch name {
    case "ApprovalOperator": .approval
    case "HITLOperator", "HITLBranchOperator": .review
    case "HITLEntryOperator": .form
    default: nil
    }
  }

  var kind: Step.Kind {
    if name == "TriggerDagRunOperator" { return .call }
    if ["EmptyOperator", "DummyOperator"].contains(name) { return .group }
    if name.contains("Branch") || name.hasPrefix("ShortCircuit") || name.hasPrefix("LatestOnly") {
      return .decision
    }
    return isSensor ? .wait : .action
  }

  /// Class without what makes it an operator, with the verb first: `S3DeleteObjects` becomes
  /// `DeleteObjects`.
  var operation: String {
    let verbs = [
      "Get", "List", "Read", "Create", "Update", "Delete", "Insert", "Copy", "Upload", "Download",
      "Send", "Post", "Publish", "Pull", "Load", "Export", "Import",
    ]
    for verb in verbs {
      if let range = name.ranges(of: verb).first { return String(name[range.lowerBound...]) }
    }
    return name
  }

  /// Whether the operator serves any server or database, told by its connection only.
  var isGeneric: Bool {
    // Before 2.0 the module of `airflow.providers.http` was `airflow.operators.http_operator`.
    let means = [".http", ".ssh", ".sftp", ".ftp"]
    return package.contains("common.sql") || package.contains("jdbc") || package.contains("odbc")
      || means.contains { mean in
        package.contains("\(mean).")
          || ["", "_operator", "_sensor"].contains { package.hasSuffix(mean + $0) }
      }
  }

  /// The application behind the operator; `nil` where it stays within Airflow or the user's own code.
  var application: String? {
    let parts = package.split(separator: ".").map(String.init)
    guard let start = parts.firstIndex(of: "providers") else {
      // Before 2.0 operators stood in `airflow.operators` and `airflow.contrib.operators`.
      guard parts.first == "airflow", let module = parts.last else { return nil }
      let bare = ["_operator", "_sensor"].reduce(module) { $0.replacing($1, with: "") }
      let own = [
        "bash", "python", "empty", "dummy", "subdag", "trigger_dagrun", "latest_only", "branch",
        "operators", "sensors", "decorators", "external_task", "date_time", "weekday", "time_delta",
        "filesystem", "smooth", "datetime", "task", "definitions",
      ]
      return own.contains(bare) ? nil : shown([bare])
    }
    let provider = Array(
      parts[(start + 1)...].prefix { $0 != "operators" && $0 != "sensors" && $0 != "transfers" })
    if provider.first == "standard" { return nil }
    if provider.first == "smtp" { return "SMTP" }
    let module = parts.count > start + 1 + provider.count + 1 ? parts.last : nil
    // Amazon, Google and Microsoft each have one provider for many services, one module for each.
    let vendors = [
      "amazon", "google", "microsoft", "apache", "common", "cncf", "alibaba", "yandex",
    ]
    if let vendor = provider.first, vendors.contains(vendor) {
      return shown(Array(provider.dropFirst()) + [module].compactMap(\.self))
    }
    return shown(provider)
  }

  private func shown(_ parts: [String]) -> String {
    for part in parts.reversed() {
      if let vendor = parts.first, vendor != part,
        let known = KnownApplication.named(byConnector: vendor + part)
          ?? KnownApplication.named("\(vendor) \(part)")
      {
        return known
      }
      if let known = KnownApplication.named(byConnector: part) ?? KnownApplication.named(part) {
        return known
      }
    }
    let spaced = words(
      ofIdentifier: (parts.count > 1 ? parts.suffix(2) : parts[...]).joined(separator: "_"))
    return KnownApplication.named(spaced) ?? spaced
  }

  var channel: Connection.Channel {
    func has(_ parts: [String]) -> Bool { parts.contains(where: package.contains) }
    if has(["smtp", "email", "sendgrid"]) { return .mail }
    if has([
      "postgres", "mysql", "mssql", "snowflake", "oracle", "bigquery", "sqlite", "redshift",
      "common.sql", "jdbc", "odbc", "mongo", "databricks", "trino", "hive",
    ]) {
      return .database
    }
    if has(["kafka", "sqs", "sns", "pubsub", "rabbitmq"]) { return .queue }
    return has([".sftp", ".ftp", "s3", "gcs", "azure.operators.wasb", "filesystem"]) ? .file : .api
  }
}
