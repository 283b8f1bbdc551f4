import Facts
import ProcessModel

/// A process of our own with everything that the flow keys speak of: two start events, a task with a
/// reminder on its boundary, an inclusive split, a loop, a multi-instance task, an event-based gateway
/// and a call.
func eventfulProcess() -> BusinessProcess {
  let place = SourceLocation(path: "eventful.bpmn", line: 1)
  var elements: [FlowElement] = []
  func add(
    _ id: String, _ kind: FlowElement.Kind, loop: FlowElement.Loop? = nil
  ) {
    elements.append(FlowElement(id: id, kind: kind, loop: loop, location: place))
  }
  add("web", .startEvent(.none))
  add("mail", .startEvent(.message(nil)))
  add("check", .task(.user))
  add("reminder", .boundary(.message("hurry"), attachedTo: "check", interrupting: false))
  add("remind", .task(.user))
  add("reminded", .endEvent(.none))
  add("several", .gateway(.inclusive))
  add("first", .task(.user))
  add("second", .task(.user))
  add("gather", .gateway(.inclusive))
  add("again", .task(.user), loop: .standard(condition: "x"))
  add("many", .task(.user), loop: .multiInstanceParallel(cardinality: "people"))
  add("race", .gateway(.eventBased))
  add("answer", .intermediateCatch(.message("answer")))
  add("timeout", .intermediateCatch(.timer(.duration, "P2D")))
  add("call", .callActivity(calledElement: "called"))
  add("end", .endEvent(.none))
  let flows = [
    ("web", "check"), ("mail", "check"), ("check", "several"), ("reminder", "remind"),
    ("remind", "reminded"), ("several", "first"), ("several", "second"), ("first", "gather"),
    ("second", "gather"), ("gather", "again"), ("again", "many"), ("many", "race"),
    ("race", "answer"), ("race", "timeout"), ("answer", "call"), ("timeout", "call"),
    ("call", "end"),
  ]
  return BusinessProcess(
    id: "eventful", elements: elements,
    flows: flows.map {
      SequenceFlow(id: "\($0.0)-\($0.1)", source: $0.0, target: $0.1, location: place)
    }, location: place)
}

/// The process that `eventfulProcess` calls: start > inside > end.
func calledProcess() -> BusinessProcess {
  let place = SourceLocation(path: "called.bpmn", line: 1)
  return BusinessProcess(
    id: "called",
    elements: [
      FlowElement(id: "start", kind: .startEvent(.none), location: place),
      FlowElement(id: "inside", kind: .task(.user), location: place),
      FlowElement(id: "end", kind: .endEvent(.none), location: place),
    ],
    flows: [
      SequenceFlow(id: "f1", source: "start", target: "inside", location: place),
      SequenceFlow(id: "f2", source: "inside", target: "end", location: place),
    ], location: place)
}

/// A scenario of that process with every flow key.
let eventfulScenario = """
  rehearse: 1
  title: Events and repetition
  inventory: estate
  process: eventful
  start_event: { web: rest, mail: 30 % }
  calls: { call: task }
  clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
  calendars: { office: mon-fri 08:00-16:00 }
  demand: { arrivals: { rate: 10 per working day } }
  teams: { clerks: { people: 9, cost: 40 EUR/h } }
  activities: { default: { team: clerks, time: 5 min } }
  waits: { answer: exponential mean 1 days }
  branching: { several: { first: 60 %, second: 40 % } }
  events:
    reminder: { happens: 50 %, after: 2 h, times: 2 times }
    answer: { happens: 80 % }
  repeats: { again: { again: 20 %, at_most: 5 times } }
  instances: { many: { count: 2 to 5, enough: 60 % } }

  """
