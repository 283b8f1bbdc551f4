import Inventory

/// A `project.json` as Studio writes it, cut down.
func uiPathManifest(_ extra: String = "", name: String = "Invoice_Bot") -> String {
  """
  {
    "name": "\(name)",
    "projectId": "5137e2dd-e4d7-4874-bade-3ddc44b0433b",
    "description": "Posts supplier invoices",
    "main": "Main.xaml",
    "dependencies": { "UiPath.System.Activities": "[23.10.6]" },
    "schemaVersion": "4.0",
    "studioVersion": "23.10.6.0",
    "projectVersion": "1.4.2"\(extra.isEmpty ? "" : ",\n  \(extra)")
  }
  """
}

/// A workflow of the given activities; the namespaces that the tests use are declared on its root.
func uiPathWorkflow(_ content: String, attributes: String = "") -> String {
  """
  <Activity x:Class="W" xmlns="http://schemas.microsoft.com/netfx/2009/xaml/activities"
   xmlns:sap2010="http://schemas.microsoft.com/netfx/2010/xaml/activities/presentation"
   xmlns:x="http://schemas.microsoft.com/winfx/2006/xaml" xmlns:this="clr-namespace:"
   xmlns:ui="http://schemas.uipath.com/workflow/activities"
   xmlns:uix="http://schemas.uipath.com/workflow/activities/uix"
   xmlns:upaf="clr-namespace:UiPath.Persistence.Activities.FormTask;assembly=UiPath.Persistence.Activities"
   xmlns:umam="clr-namespace:UiPath.MicrosoftOffice365.Activities.Mail;assembly=UiPath.MicrosoftOffice365.Activities"
   xmlns:uwah="clr-namespace:UiPath.Web.Activities.Http;assembly=UiPath.Web.Activities" \(attributes)>
  <Sequence DisplayName="All">
  \(content)
  </Sequence>
  </Activity>
  """
}

/// A modern card on a web page with activities inside.
func uiPathCard(_ target: String, _ content: String) -> String {
  """
  <uix:NApplicationCard DisplayName="Card"><uix:NApplicationCard.Body><ActivityAction>
  <Sequence DisplayName="Do">\(content)</Sequence></ActivityAction></uix:NApplicationCard.Body>
  <uix:NApplicationCard.TargetApp><uix:TargetApp \(target) /></uix:NApplicationCard.TargetApp>
  </uix:NApplicationCard>
  """
}

/// What the main workflow of a project says, with other files beside it.
func uiPathProject(
  _ content: String, manifest: String = uiPathManifest(), _ others: [String: String] = [:]
) -> Estate {
  var files = others
  files["p/project.json"] = manifest
  files["p/Main.xaml"] = uiPathWorkflow(content)
  return estate(files)
}

func uiPathProject(_ content: String, config: [(String, [[String]])]) -> Estate {
  Estate(
    merging: imported([
      "p/project.json": Array(uiPathManifest().utf8),
      "p/Main.xaml": Array(uiPathWorkflow(content).utf8),
      "p/Data/Config.xlsx": workbook(config),
    ]))
}
