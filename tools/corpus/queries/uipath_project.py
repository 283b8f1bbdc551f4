"""Counts in UiPath Studio's workflows (XAML), by the names of the activities.

A step is what Studio's designer draws with a title: whatever has a display name, a reference of the
view state or a size on the canvas, except the parts of activities listed in PARTS, and whatever is
commented out.
"""

import xml.etree.ElementTree as ET

FORMAT = "uipath-project"

WORKFLOW = "{http://schemas.microsoft.com/netfx/2009/xaml/activities}Activity"
PARTS = {
    "Activity", "ActivityAction", "ActivityFunc", "AssignOperation", "BackupSlot", "BackupValues",
    "CSharpReference", "CSharpValue", "CVCache", "CvDescriptor", "DelegateArgumentValue",
    "DelegateInArgument", "DelegateOutArgument", "Dictionary", "FieldArgument", "FlowStep", "IfElseIfBlock",
    "InArgument", "InOutArgument", "List", "Literal", "OutArgument", "Target", "TargetAnchorable",
    "TargetApp", "Variable", "VerifyExecutionOptions", "VerifyExecutionTypeIntoOptions",
    "ViewStateData", "VisualBasicReference", "VisualBasicValue",
}  # fmt: skip
MARKS = {"DisplayName", "WorkflowViewState.IdRef", "VirtualizedContainerService.HintSize"}

CALLS = {
    # other workflows and processes
    "InvokeWorkflowFile", "InvokeWorkflowInteractive", "InvokeProcess", "RunJob", "StartJob",
    # Orchestrator: queues, assets, storage
    "AddQueueItem", "AddTransactionItem", "BulkAddQueueItems", "GetQueueItem", "GetQueueItems",
    "GetTransactionItem", "WaitQueueItem", "GetRobotAsset", "GetRobotCredential", "GetAsset",
    "GetCredential", "SetAsset", "SetCredential", "OrchestratorHttpRequest",
    # services
    "HttpClient", "NetHttpRequest", "SoapClient", "SendMail", "SendOutlookMail", "SendExchangeMail",
    "SendMailConnections", "SendMailX", "GetOutlookMailMessages", "GetIMAPMailMessages",
    "GetPOP3MailMessages", "GetExchangeMailMessages", "ForEachEmailConnections",
    "ReplyToOutlookMailMessage", "SendEmail", "GetMail", "ConnectorActivity",
    "DatabaseConnect", "ExecuteQuery", "ExecuteNonQuery",
    # applications by their own activity
    "ExcelApplicationScope", "ExcelApplicationCard", "ExcelProcessScopeX", "WordApplicationScope",
    "StartProcess",
}  # fmt: skip
# Windows and pages count where the file says which: by address, path, executable or expression.
SCOPES = {"NApplicationCard", "OpenBrowser", "OpenApplication"}

HUMAN = {
    "MessageBox", "InputDialog", "CustomInput", "RequestCredential", "ShowForm", "BrowseForFile",
    "BrowseForFolder", "SelectFile", "SelectFolder", "CreateFormTask", "CreateExternalTask",
    "CreateAppTask", "PresentValidationStation", "PresentClassificationStation",
    "CreateDocumentValidationAction", "CreateDocumentClassificationAction",
}  # fmt: skip


def local(name):
    return name.rsplit("}", 1)[-1]


def counts(path, data):
    if data.lstrip(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        is_project = b'"dependencies"' in data and (b'.xaml"' in data and b'"main"' in data)
        return {"steps": 0, "calls": 0, "human": 0} if is_project else None
    if b"schemas.uipath.com/workflow/activities" not in data and b"assembly=UiPath" not in data:
        return None
    try:
        root = ET.fromstring(data)
    except ET.ParseError:
        return None
    if root.tag != WORKFLOW:
        return None
    found = {"steps": 0, "calls": 0, "human": 0}
    walk(root, found)
    return found


def walk(element, found):
    for child in element:
        name = local(child.tag)
        if name == "CommentOut":
            continue
        if is_step(child, name):
            found["steps"] += 1
            found["human"] += name in HUMAN
            found["calls"] += name in CALLS or (name in SCOPES and says_where(child))
        walk(child, found)


def is_step(element, name):
    if "." in name or name in PARTS:
        return False
    if name == "Transition" and not has_condition(element):
        return False  # an arrow without a text of its own
    return any(local(key) in MARKS for key in element.attrib)


def has_condition(element):
    return "Condition" in element.attrib or any(
        local(child.tag) == "Transition.Condition" for child in element
    )


def says_where(scope):
    targets = [scope] + [e for e in scope.iter() if local(e.tag) == "TargetApp"][:1]
    for target in targets:
        for key in ("Url", "FilePath", "FileName"):
            if target.get(key) not in (None, "", "{x:Null}", "*"):
                return True
    return False
