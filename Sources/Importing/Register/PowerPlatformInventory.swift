import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Answers to queries of the inventory of Power Platform, a table of Azure Resource Graph.
  static let powerPlatformInventory = ImportFormat(
    id: "power-platform-inventory", title: "Power Platform inventory",
    isFormat: { file in
      guard file.contains("microsoft.power") || file.contains("microsoft.copilotstudio"),
        let first = file.firstByte, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
        let root = try? file.json()
      else { return false }
      let rows = inventoryRows(in: root)
      return !rows.isEmpty && rows.allSatisfy { inventoryType($0) != nil }
    },
    readFile: { file throws(DocumentError) in
      let root = try file.json()
      var said = AgentStatements(path: file.path)
      for row in inventoryRows(in: root) { readInventoryRow(row, into: &said) }
      if root["skipToken"]?.string?.trimmedOrNil != nil || root["$skipToken"]?.string != nil {
        said.reading.note(
          .medium,
          "the answer is one page of several, so that items are missing; ask for all pages",
          at: root.location)
      }
      if said.reading.fragment.isEmpty {
        said.reading.isBeside = true
        said.reading.note(
          .info, "the answer lists environments and the like, and no flow, agent or app",
          at: file.location)
      }
      return said.reading
    })
}

/// The rows of an answer: under `data` from the API, under `value` or alone from tools.
private func inventoryRows(in root: DataNode) -> [DataNode] {
  root.array ?? root["data"]?.array ?? root["value"]?.array ?? root["data"]?["rows"]?.array ?? []
}

private func inventoryType(_ row: DataNode) -> String? {
  guard let type = row["type"]?.string?.lowercased(),
    row["name"]?.string != nil || row["properties"]?.object != nil
  else { return nil }
  let families = [
    "microsoft.powerautomate/", "microsoft.powerapps/", "microsoft.copilotstudio/",
    "microsoft.powerplatform/", "microsoft.powerplatformconnector/", "microsoft.powerpages/",
  ]
  return families.contains(where: type.hasPrefix) ? type : nil
}

private func readInventoryRow(_ row: DataNode, into said: inout AgentStatements) {
  let properties = row["properties"]
  func value(_ key: String) -> DataNode? { properties?[key] ?? row[key] }
  guard let type = inventoryType(row),
    let name = singleLine(value("displayName")?.string) ?? row["name"]?.string
  else { return }
  let technologies: [String: (SystemKind, String)] = [
    "microsoft.powerautomate/cloudflows": (.workflow, "Power Automate"),
    "microsoft.powerautomate/agentflows": (.workflow, "Power Automate"),
    "microsoft.powerautomate/m365agentflows": (.workflow, "Microsoft 365 Copilot"),
    "microsoft.powerautomate/desktopflows": (.rpa, "Power Automate Desktop"),
    "microsoft.copilotstudio/agents": (.agent, "Microsoft Copilot Studio"),
  ]
  guard let (kind, technology) = technologies[type] else {
    if type.hasPrefix("microsoft.powerapps/") || type.hasPrefix("microsoft.powerpages/") {
      said.addApplication(name, aliases: [row["name"]?.string], row.evidence)
    }
    return
  }
  var system = AutomationSystem(name: name, source: (value("displayName") ?? row).evidence)
  if let id = row["name"]?.string?.trimmedOrNil { system.addAlias(id) }
  system.kind.state(kind, row.evidence)
  system.technology.state(technology, row.evidence)
  if let text = value("description"), let purpose = singleLine(text.string) {
    system.purpose.state(purpose, text.evidence)
  }
  // Object identifiers of a directory name nobody to a reader.
  for (key, isOwner) in [("ownerId", true), ("owner", true), ("createdBy", false)] {
    guard let node = value(key), let text = (node["displayName"] ?? node).string?.trimmedOrNil,
      !isGUID(text)
    else { continue }
    if isOwner {
      system.owner.state(text, node.evidence)
    } else {
      system.creator.state(text, node.evidence)
    }
  }
  for key in ["state", "status"] {
    guard let node = value(key), let text = node.string?.lowercased() else { continue }
    switch text {
    case "started", "enabled", "on", "active", "published":
      system.status.state(.production, node.evidence)
    case "stopped", "suspended", "disabled", "off", "inactive":
      system.status.state(.disabled, node.evidence)
    case "draft": system.status.state(.development, node.evidence)
    default: break
    }
  }
  for item in value("connectors")?.array ?? value("connectorIds")?.array ?? [] {
    let written = item.string ?? (item["id"] ?? item["name"] ?? item["displayName"])?.string
    guard let id = written?.split(separator: "/").last.map(String.init) else { continue }
    let plain = id.lowercased().hasPrefix("shared_") ? String(id.dropFirst(7)) : id
    said.connect(
      EntityReference(.system, name), .invokes,
      EntityReference(
        .application, KnownApplication.named(byConnector: plain) ?? words(ofIdentifier: plain)),
      .api, "connector", item.evidence)
  }
  system.unknowns = [
    "What it does step by step is not in an inventory; export its solution for that."
  ]
  said.add(system)
}
