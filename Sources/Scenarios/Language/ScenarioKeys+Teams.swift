// The table of all keys, continued: people, how they work, and how their work queues.

internal import Simulation

extension ScenarioKey {
  static let teams: [ScenarioKey] = [
    ScenarioKey("teams", .named("teams"), .required, "The people."),
    ScenarioKey("teams.*", .group, .required, "A team."),
    ScenarioKey(
      "teams.*.people", .count(of: ["person", "people"]), .optional("`members` is given instead"),
      in: .within(0, 10_000),
      example: "3 people",
      "How many people, all alike; each does one thing at a time. Given by a variant, for one run or by a "
        + "sweep, the number stands for `members` too."),
    ScenarioKey(
      "teams.*.members", .named("people"), .optional("`people` is given instead"),
      "People one by one, in order of preference: the first free one who may do it takes the next "
        + "work."),
    ScenarioKey(
      "teams.*.members.*", .group, .required,
      "A person, by name; what is not said here, is as for the team."),
    ScenarioKey(
      "teams.*.members.*.calendar", .name(of: "a calendar"), .optional("the team's"),
      example: "early", "When this person works."),
    ScenarioKey(
      "teams.*.members.*.cost", .money([.hour]), .optional("the team's"), in: .within(0, 1e6),
      example: "45 EUR/h", "Loaded cost of an hour of work of this person."),
    ScenarioKey(
      "teams.*.members.*.speed", .share, .optional("the team's"), in: .above(0, to: 100),
      example: "120 %", "Speed of this person; at 120 %, 6 min of work take 5."),
    ScenarioKey(
      "teams.*.members.*.skills", .names(of: "a skill"), .optional("the team's"),
      example: "[mortgage, english]", "Skills of this person, in place of the team's."),
    ScenarioKey(
      "teams.*.calendar", .name(of: "a calendar"),
      .optional("the calendar of `clock.working_days`"), example: "office", "When they work."),
    ScenarioKey(
      "teams.*.cost", .money([.hour]), .optional("each of `members` has a cost of its own"),
      in: .within(0, 1e6), example: "52 EUR/h", "Loaded cost of an hour of work of one person."),
    ScenarioKey(
      "teams.*.speed", .share, .optional("100 %, the speed that times are stated for"),
      in: .above(0, to: 100), example: "90 %",
      "Speed of its people; at 90 %, 9 min of work take 10."),
    ScenarioKey(
      "teams.*.skills", .names(of: "a skill"), .optional("they have none that work asks for"),
      example: "[mortgage, english]", "Skills that all its people have."),
    ScenarioKey(
      "teams.*.ageing", .durationPer("class"), .optional("waiting makes nothing more urgent"),
      in: .above(0), example: "4 h per class",
      "Waiting time, by the calendar, that makes work as urgent as the next class up."),
    ScenarioKey(
      "teams.*.preemption", .choice(TeamModel.Preemption.allCases.map(\.rawValue)),
      .optional("`none`"), example: "resume",
      "What urgent work does when nobody is free: `none`, it waits; `resume`, it interrupts the "
        + "least urgent work in hand, which later goes on where it stopped; `restart`, that work "
        + "begins anew and the time spent on it is lost."),
    ScenarioKey(
      "teams.*.shift_end", .choiceOrGroup(["suspend", "hand_over"]), .optional("`suspend`"),
      example: "{ overtime: 1 h, surcharge: 25 % }",
      "What becomes of work that is not done when the shift ends: `suspend`, it rests and stays "
        + "with its person; `hand_over`, it goes back to the head of the queue, for whoever is "
        + "there; with `overtime`, it is finished where that takes no longer, else it rests."),
    ScenarioKey(
      "teams.*.shift_end.overtime", .duration(.work), .required, in: .above(0), example: "1 h",
      "How long after the end of the shift work is finished."),
    ScenarioKey(
      "teams.*.shift_end.surcharge", .share,
      .standard("0 %", source: "no surcharge is given; overtime costs as other work"),
      in: .within(0, 10), example: "25 %",
      "Extra cost of an hour of overtime, as a share of the cost of an hour."),
    ScenarioKey(
      "teams.*.last_start", .duration(.work),
      .optional("work begins until the last moment of a shift"), in: .atLeast(0),
      example: "15 min", "No work begins within this time of the end of a shift."),
    ScenarioKey(
      "teams.*.multitasking", .group, .optional("one thing after the other"),
      "Work on several things at a time."),
    ScenarioKey(
      "teams.*.multitasking.limit", .count(of: ["item", "items"]), .required,
      in: .within(2, 1000), example: "3 items", "Most things that a person has in hand."),
    ScenarioKey(
      "teams.*.multitasking.slowdown", .share,
      .standard("100 %", source: "their time is shared out among what they have in hand"),
      in: .within(0, 10), example: "100 %",
      "How much each further thing slows each: with n in hand each goes at 1 / (1 + (n - 1) times "
        + "this) of the speed; 0 % slows nothing."),
  ]

  static let activityQueueing: [ScenarioKey] =
    queueing(of: "activities.*", what: "this activity")
    + [
      ScenarioKey(
        "activities.*.patience", .group, .optional("cases wait as long as it takes"),
        "How long a case waits for this work to begin."),
      ScenarioKey(
        "activities.*.patience.time", .distribution(.calendar), .required, in: .atLeast(0),
        example: "exponential mean 2 min", "Time after which it gives up, by the calendar."),
      ScenarioKey(
        "activities.*.patience.then",
        .choice(QueueingModel.Patience.Outcome.allCases.map(\.rawValue)), .required,
        example: "leave",
        "What follows: `leave`, the case ends at once and is not completed; `skip`, it goes on "
          + "without this work."),
      ScenarioKey(
        "activities.*.times", .named("people"), .optional("everybody takes `time`, at their speed"),
        "Working times of single members of the team, by name."),
      ScenarioKey(
        "activities.*.times.*", .distribution(.work), .required, in: .atLeast(0),
        example: "lognormal mean 5 min cv 0.5",
        "Working time of this person at a speed of 100 %, in place of `time`; in a batch in place "
          + "of each case's part."),
      ScenarioKey(
        "activities.*.batch", .group, .optional("cases are worked on one by one"),
        "Work by hand that is collected and done in one sitting."),
      ScenarioKey(
        "activities.*.batch.size", .count(of: ["case", "cases"]), .required,
        in: .within(2, 10_000), example: "5 cases", "Cases in a full batch."),
      ScenarioKey(
        "activities.*.batch.wait", .duration(.working), .optional("a batch waits until it is full"),
        in: .atLeast(0), example: "2 working hours",
        "Longest wait of the first case for a full batch, in the team's working time."),
      ScenarioKey(
        "activities.*.batch.minimum", .count(of: ["case", "cases"]),
        .standard("1 case", source: "no case is kept waiting for others beyond `wait`"),
        in: .within(1, 10_000), example: "2 cases",
        "Fewest cases that are released when the wait is over; with fewer the batch goes on "
          + "forming."),
      ScenarioKey(
        "activities.*.batch.setup", .distribution(.work), .optional("there is no set-up"),
        in: .atLeast(0), example: "9 min", "Working time once per batch."),
      ScenarioKey(
        "activities.*.batch.each", .distribution(.work), .optional("`time` of the activity"),
        in: .atLeast(0), example: "5 min", "Working time per case of a batch."),
      ScenarioKey(
        "activities.*.batch.same", .name(of: "a case attribute"),
        .optional("all cases go together"), example: "segment",
        "Only cases with the same value of this attribute form a batch."),
    ]

  static let guardrailQueueing = queueing(of: "guardrails.*", what: "its tickets")

  /// Who may do work, and how urgent it is.
  private static func queueing(of path: String, what: String) -> [ScenarioKey] {
    [
      ScenarioKey(
        "\(path).skills", .names(of: "a skill"), .optional("anybody of the team may do it"),
        example: "[mortgage]", "Skills that whoever works on \(what) must all have."),
      ScenarioKey(
        "\(path).priority", .count(of: []), .optional("the class of the case, which is 0"),
        in: .within(-1000, 1000),
        example: "2", "Class of urgency of \(what): lower goes first."),
      ScenarioKey(
        "\(path).expedite", .group, .optional("the class stays"),
        "Another class of urgency for \(what) after a time in the queue."),
      ScenarioKey(
        "\(path).expedite.after", .duration(.calendar), .required, in: .above(0),
        example: "2 days", "Waiting time, by the calendar."),
      ScenarioKey(
        "\(path).expedite.priority", .count(of: []), .required, in: .within(-1000, 1000),
        example: "0", "Class of urgency from then on."),
    ]
  }
}
