import Facts
import ProcessModel

@testable import Scenarios

/// `start → check → ◇ decide → (approve → pause | reject) → end`.
func smallLoanProcess() -> BusinessProcess {
  let place = SourceLocation(path: "loan.bpmn", line: 1)
  func element(_ id: String, _ kind: FlowElement.Kind, _ name: String? = nil) -> FlowElement {
    FlowElement(id: id, name: name, kind: kind, location: place)
  }
  func flow(_ id: String, _ source: String, _ target: String, _ name: String? = nil) -> SequenceFlow
  {
    SequenceFlow(id: id, name: name, source: source, target: target, location: place)
  }
  return BusinessProcess(
    id: "loan", name: "Small \"loan\"",
    elements: [
      element("start", .startEvent(.none)), element("check", .task(.abstract), "Check\nit"),
      element("decide", .gateway(.exclusive)), element("approve", .task(.abstract), "Approve"),
      element("pause", .intermediateCatch(.timer(.unspecified, nil)), "Cooling off"),
      element("reject", .task(.abstract), "Reject"), element("end", .endEvent(.none)),
    ],
    flows: [
      flow("f1", "start", "check"), flow("f2", "check", "decide"),
      flow("f3", "decide", "approve", "good risk"), flow("f4", "decide", "reject"),
      flow("f5", "approve", "pause"), flow("f6", "pause", "end"), flow("f7", "reject", "end"),
    ], location: place)
}

/// A file of parameters with everything that is taken over.
let sampleParameters = """
  {
    "resource_profiles": [
      {
        "id": "pool_1", "name": "Clerks",
        "resource_list": [
          { "id": "r1", "name": "Ada", "cost_per_hour": "30.5", "amount": 1, "calendar": "early" },
          { "id": "r2", "name": "Bo", "cost_per_hour": 30, "amount": 2, "calendar": "early" }
        ]
      },
      {
        "id": "pool_2", "name": "Officers",
        "resource_list": [
          { "id": "r3", "name": "Cy", "cost_per_hour": 50, "amount": 1, "calendar": "late" },
          { "id": "r4", "name": "no", "cost_per_hour": 50, "amount": 1, "calendar": "late" },
          { "id": "r5", "name": "Idle", "cost_per_hour": 50, "amount": 1, "calendar": "unused" }
        ]
      }
    ],
    "arrival_time_distribution": {
      "distribution_name": "expon",
      "distribution_params": [{ "value": 900 }, { "value": 60 }, { "value": 7200 }]
    },
    "arrival_time_calendar": [
      { "from": "FRIDAY", "to": "MONDAY", "beginTime": "08:00:00", "endTime": "12:00:00" },
      { "from": "MONDAY", "to": "MONDAY", "beginTime": "11:30:00", "endTime": "23:59:59" }
    ],
    "gateway_branching_probabilities": [
      {
        "gateway_id": "decide",
        "probabilities": [{ "path_id": "f3", "value": "0.07" }, { "path_id": "f4" }]
      },
      { "gateway_id": "gone", "probabilities": [] }
    ],
    "task_resource_distribution": [
      {
        "task_id": "check",
        "resources": [
          { "resource_id": "r1", "distribution_name": "fix", "distribution_params": [{ "value": 300 }] },
          { "resource_id": "r2", "distribution_name": "uniform",
            "distribution_params": [{ "value": 240 }, { "value": 600 }] }
        ]
      },
      {
        "task_id": "approve",
        "resources": [
          { "resource_id": "r3", "distribution_name": "lognorm",
            "distribution_params": [{ "value": 1200 }, { "value": 360000 }, { "value": 60 }, { "value": 7200 }] },
          { "resource_id": "r4", "distribution_name": "lognorm",
            "distribution_params": [{ "value": 1200 }, { "value": 360000 }, { "value": 60 }, { "value": 7200 }] }
        ]
      },
      {
        "task_id": "reject",
        "resources": [
          { "resource_id": "r4", "distribution_name": "gamma",
            "distribution_params": [{ "value": 600 }, { "value": 90000 }, { "value": 0 }, { "value": 1e12 }] }
        ]
      }
    ],
    "resource_calendars": [
      { "id": "early", "name": "Early", "time_periods": [
        { "from": "MONDAY", "to": "THURSDAY", "beginTime": "07:00:00", "endTime": "15:00:00" },
        { "from": "FRIDAY", "to": "FRIDAY", "beginTime": "07:00:00", "endTime": "12:30:00" } ] },
      { "id": "late", "name": "Late", "time_periods": [
        { "from": "MONDAY", "to": "SUNDAY", "beginTime": "00:00:00", "endTime": "23:59:59.999" } ] },
      { "id": "unused", "name": "Unused", "time_periods": [
        { "from": "MONDAY", "to": "MONDAY", "beginTime": "09:00", "endTime": "10:00" } ] }
    ],
    "event_distribution": [
      { "event_id": "pause", "distribution_name": "norm",
        "distribution_params": [{ "value": 86400 }, { "value": 86400 }, { "value": 0 }, { "value": 172800 }] }
    ],
    "batch_processing": [],
    "case_attributes": [{ "name": "amount", "type": "continuous", "values": {} }],
    "gateway_execution_limit": 1000,
    "model_type": "CRISP"
  }
  """

/// Makes a scenario of parameters for the small loan process.
func imported(
  _ parameters: String, cases: Int = 500, bpmn: String = "../loan model.bpmn"
) throws(ScenarioErrors) -> ImportedScenario {
  try importScenario(
    Array(parameters.utf8), path: "data/loan.json", process: smallLoanProcess(),
    options: ScenarioImportOptions(bpmn: bpmn, cases: cases, currency: "EUR"))
}
