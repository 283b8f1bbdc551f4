import DocumentReading
import Facts
import Inventory

/// Web services in both directions, data sources, and catalog items that start flows.
extension ServiceNowReader {
  mutating func readServices() {
    for record in all("sys_rest_message", "sys_soap_message") { readMessage(record) }
    for record in all("sys_rest_message_fn", "sys_soap_message_function") { readFunction(record) }
    for record in all("sys_ws_definition") { readService(record) }
    for record in all("sys_ws_operation") { readOperation(record) }
    for record in all("sys_data_source") { readDataSource(record) }
    for record in all("http_connection", "jdbc_connection") { readConnection(record) }
    for record in all("scheduled_import_set") {
      guard let source = record.display("data_source"),
        index.record("sys_data_source", record.value("data_source")).map(isUpload) != true
      else { continue }
      let words = [record.value("run_type"), record.value("run_time")]
      addTrigger(
        source, .schedule, words.compactMap { $0 }.joined(separator: " ").trimmedOrNil, record)
    }
  }

  // MARK: Outbound

  private mutating func readMessage(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    let isREST = record.table == "sys_rest_message"
    addSystem(
      name, .script, isREST ? "ServiceNow REST message" : "ServiceNow SOAP message", record,
      aliases: [record.scope.map { "\($0).\(name)" }])
    let address = record.value("rest_endpoint") ?? record.value("soap_endpoint")
    let functions = index.records(ofMessage: record.id)
    // Each function has an address of its own; that of the message stands in for those that are not there.
    let application =
      functions.isEmpty
      ? connect(name, toAddress: address, nil, nil, record)
      : address.flatMap(host(ofAddress:)).map { KnownApplication.named(byHost: $0) ?? $0 }
    addCredentials(name, application, record)
  }

  private mutating func readFunction(_ record: ServiceNowRecord) {
    let isREST = record.table == "sys_rest_message_fn"
    let field = isREST ? "rest_message" : "soap_message"
    let parent = index.record(
      isREST ? "sys_rest_message" : "sys_soap_message", record.value(field))
    guard let message = parent?.value("name") ?? record.display(field) ?? record.value(field)
    else { return }
    if parent == nil {
      addFragmentOfSystem(
        message, .script, isREST ? "ServiceNow REST message" : "ServiceNow SOAP message", record,
        id: record.value(field))
    }
    let name = record.value("function_name") ?? record.value("name") ?? record.id
    let method = record.value("http_method")?.uppercased()
    addStep(message, record.id, name, .call, record)
    let address =
      record.value("rest_endpoint") ?? record.value("soap_endpoint")
      ?? parent?.value("rest_endpoint") ?? parent?.value("soap_endpoint")
    let application = connect(message, toAddress: address, method, name, record)
    addCredentials(message, application, record)
  }

  /// Names of the profiles that a message authenticates with.
  private mutating func addCredentials(
    _ system: String, _ application: String?, _ record: ServiceNowRecord
  ) {
    for field in ["basic_auth_profile", "oauth2_profile", "protocol_profile", "sign_key"] {
      addCredential(system, record.display(field), application, record)
    }
  }

  /// An alias stands for a connection in the steps of actions; what it leads to is told here.
  private mutating func readConnection(_ record: ServiceNowRecord) {
    let address = record.value("connection_url") ?? record.value("host")
    guard let name = record.display("connection_alias") ?? record.value("name") else { return }
    let server = address.flatMap { host(ofAddress: $0.contains("://") ? $0 : "https://\($0)") }
    result.fragment.applications.append(
      Application(name: name, aliases: [server].compactMap { $0 }, source: record.evidence()))
  }

  // MARK: Inbound

  private mutating func readService(_ record: ServiceNowRecord) {
    guard let plain = record.value("name") else { return }
    let name = scopedName(plain, record)
    addSystem(
      name, .script, "ServiceNow Scripted REST API", record, aliases: [record.value("base_uri")])
  }

  private mutating func readOperation(_ record: ServiceNowRecord) {
    let parent = index.record("sys_ws_definition", record.value("web_service_definition"))
    guard
      let plain = parent?.value("name") ?? record.display("web_service_definition")
        ?? record.value("web_service_definition")
    else { return }
    let service = scopedName(plain, parent ?? record)
    if parent == nil {
      addFragmentOfSystem(
        service, .script, "ServiceNow Scripted REST API", record,
        id: record.value("web_service_definition"))
    }
    guard record.flag("active") != false else {
      result.note(
        .info,
        "the operation '\(record.value("name") ?? record.id)' is not active and was left out",
        at: record.place)
      return
    }
    let method = record.value("http_method")?.uppercased()
    let address = record.value("operation_uri") ?? record.value("relative_path")
    addStep(service, record.id, record.value("name"), .action, record)
    addTrigger(
      service, .call, [method, address].compactMap { $0 }.joined(separator: " ").trimmedOrNil,
      record)
    if record.flag("requires_authentication") == false {
      addPermission(service, "open to callers without authentication", record)
    }
    if let script = record.value("operation_script") {
      connect(ServiceNowScript(script), of: service, record)
    }
  }

  // MARK: Data sources

  private mutating func readDataSource(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    guard !isUpload(record) else {
      result.note(
        .info, "the data source '\(name)' is a file that was uploaded by hand; it is no automation",
        at: record.place)
      return
    }
    addSystem(name, .script, "ServiceNow data source", record)
    let type = record.value("type") ?? "File"
    addStep(name, record.id, name, .action, record)
    let target = record.value("import_set_table_name")
    let data = [target].compactMap { $0 }
    switch nameKey(type) {
    case "jdbc":
      let server = record.value("jdbc_server") ?? record.value("database_name") ?? "JDBC database"
      connect(
        name, .reads, to: EntityReference(.application, server), .database, "JDBC", record,
        data: data)
    case "ldap":
      connect(
        name, .reads, to: EntityReference(.application, record.display("ldap_target") ?? "LDAP"),
        .api, "LDAP", record, data: data)
    case "restintegrationhub", "dataloaderrest", "rest", "restintegration":
      let action = record.display("request_action") ?? record.display("rest_message")
      connect(
        name, .reads,
        to: action.map { EntityReference(.system, $0) }
          ?? EntityReference(.application, "REST"), .api, type, record, data: data)
    default:
      let method = record.value("file_retrieval_method") ?? type
      let server = record.value("scp_server") ?? record.value("server")
      let target = EntityReference(.application, server ?? name)
      connect(name, .reads, to: target, .file, method, record, data: data)
    }
    connect(
      name, .writes, to: EntityReference(.application, "ServiceNow"), .internalCall, "import set",
      record, data: data)
  }

  /// Whether a data source is a file that is attached to its record, which a person has put there.
  private func isUpload(_ record: ServiceNowRecord) -> Bool {
    nameKey(record.value("type") ?? "File") == "file"
      && nameKey(record.value("file_retrieval_method") ?? "") == "attachment"
  }

  // MARK: Service catalog

  /// A catalog item is a form; where it starts a flow, that flow has a person at its beginning.
  mutating func readCatalogItems() {
    for record in all("sc_cat_item", "sc_cat_item_producer", "sc_cat_item_guide") {
      guard let name = record.value("name") else { continue }
      for field in ["flow_designer_flow", "workflow", "delivery_plan"] {
        guard let flow = record.display(field), record.value(field) != nil else { continue }
        // Every instance has the plan DEFAULT for items without one of their own.
        if field == "delivery_plan", flow == "DEFAULT" { continue }
        addTrigger(flow, .manual, "catalog item \(name)", record)
        addTouchPoint(
          flow, record.id, name, .form, record.evidence(note: "catalog item that starts it"),
          team: record.display("group"))
      }
      if record.table == "sc_cat_item_producer", let script = record.value("script") {
        let calls = ServiceNowScript(script)
        guard calls.reachesOut || !calls.flows.isEmpty else { continue }
        addSystem(name, .script, "ServiceNow record producer", record)
        addTrigger(name, .manual, "catalog item \(name)", record)
        addStep(name, record.id, name, .human, record)
        addTouchPoint(name, record.id, name, .form, record.evidence())
        connect(calls, of: name, record)
      }
    }
  }
}
