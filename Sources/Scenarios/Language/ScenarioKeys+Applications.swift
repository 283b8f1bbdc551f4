// The table of all keys, continued: applications, what touches them, and outages.

extension ScenarioKey {
  static let applications: [ScenarioKey] =
    [
      ScenarioKey(
        "applications", .named("applications"), .optional("no application limits anything"),
        "Systems of record that performers touch; all share their limits."),
      ScenarioKey(
        "applications.*", .group, .required,
        "An application, by the name that the inventory has for it, where it has one."),
      ScenarioKey(
        "applications.*.concurrent", .count(of: ["session", "sessions"]),
        .standard("unlimited", source: "no limit is given"), in: .within(1, 1_000_000),
        example: "20 sessions",
        "Pieces of work that may hold it at once; more wait in order of arrival, with whoever does "
          + "them."),
      ScenarioKey(
        "applications.*.rate_limit", .requests, .optional("no limit on requests"),
        in: .within(1, 1e9), example: "60 per minute",
        "Requests per second, minute, hour or day: a token bucket that refills evenly around the "
          + "clock."),
      ScenarioKey(
        "applications.*.burst", .count(of: ["request", "requests"]),
        .optional("the requests of one period of `rate_limit`, assumed"), in: .within(1, 1e6),
        example: "10 requests", "Requests that a full bucket allows at once."),
      ScenarioKey(
        "applications.*.latency", .distribution(.calendar), .optional("no latency"),
        in: .atLeast(0), example: "lognormal mean 2 s cv 1",
        "Time that each use adds to the work, by hand and by automation."),
      ScenarioKey(
        "applications.*.maintenance", .weekly, .optional("no maintenance"),
        example: "sun 02:00-06:00",
        "Days and hours in which it is down, or the name of a calendar of such; work in progress "
          + "rests and goes on afterwards."),
      ScenarioKey(
        "applications.*.others", .group, .optional("nobody else uses it"),
        "Calls of other automations and processes. They come at random and wait their turn among the "
          + "process's own; without a limit of the application nobody notices them."),
      ScenarioKey(
        "applications.*.others.rate", .requests, .required, in: .within(1, 1e9),
        example: "1200 per hour", "Calls per second, minute, hour or day."),
      ScenarioKey(
        "applications.*.others.time", .distribution(.calendar), .required, in: .atLeast(0),
        example: "lognormal mean 4 s cv 1", "Time for which a call holds one of its sessions."),
      ScenarioKey(
        "applications.*.others.during", .name(of: "a calendar"), .optional("around the clock"),
        example: "office", "Calendar in whose hours they come, at that rate."),
    ] + outages(of: "applications.*", ["resume", "restart", "fail"])

  /// What an activity touches.
  static let activityTouches = touches(
    of: "activities.*", "Applications that whoever does it touches, by hand or by automation")

  /// What an automation touches, and its outages.
  static let automationTouches =
    touches(
      of: "automations.*", "Applications that each run touches, beside those of the activity")
    + outages(of: "automations.*", ["resume", "restart", "fail"])

  /// Outages of layers.
  static let layerOutages = outages(of: "orchestration_layers.*", ["resume", "restart"])

  private static func touches(of parent: String, _ summary: String) -> [ScenarioKey] {
    [
      ScenarioKey(
        "\(parent).touches", .names(of: "an application"), .optional("it touches none"),
        example: "[core_banking, crm]",
        "\(summary); a name, a list, or a group of names with their requests. They are held from "
          + "before the work begins until it ends."),
      ScenarioKey(
        "\(parent).touches.*", .count(of: ["request", "requests"]), .required,
        in: .within(1, 10_000), example: "3 requests",
        "Requests of one piece of work; 1 where only the name is given."),
    ]
  }

  private static func outages(of parent: String, _ modes: [String]) -> [ScenarioKey] {
    [
      ScenarioKey(
        "\(parent).outages", .group, .optional("it never fails"),
        "Outages at random, in calendar time, whether it is used or not."),
      ScenarioKey(
        "\(parent).outages.every", .distribution(.calendar), .required, in: .above(0),
        example: "exponential mean 30 days", "Time from the end of a repair to the next failure."),
      ScenarioKey(
        "\(parent).outages.repair", .distribution(.calendar), .required, in: .atLeast(0),
        example: "lognormal mean 2 h cv 1",
        "Time to repair; working time of it where a team repairs."),
      ScenarioKey(
        "\(parent).outages.in_progress", .choice(modes),
        .standard("resume", source: "nothing is said of lost work; it goes on where it stopped"),
        example: "restart",
        "What becomes of work in progress: it goes on afterwards, or begins anew"
          + (modes.contains("fail")
            ? "; `fail`: a run has failed and is retried, work by hand begins anew." : ".")),
      ScenarioKey(
        "\(parent).outages.repaired_by", .name(of: "a team"),
        .optional("the repair begins at once and passes by itself"), example: "bot_support",
        "The team whose work the repair is; it waits in the team's queue like all other."),
    ]
  }

  static let startStateWaiting: [ScenarioKey] = [
    ScenarioKey(
      "clock.start_state.waiting", .named("activities"), .optional("no cases are given"),
      "Cases that stand in the process on day 0, before the first arrival; they are not counted."),
    ScenarioKey(
      "clock.start_state.waiting.*", .count(of: ["case", "cases"]), .required,
      in: .within(0, 1_000_000), example: "120 cases",
      "Element id of an activity: how many stand there, or a group with `cases` and `since`."),
    ScenarioKey(
      "clock.start_state.waiting.*.cases", .count(of: ["case", "cases"]), .required,
      in: .within(0, 1_000_000), example: "40 cases", "How many stand there."),
    ScenarioKey(
      "clock.start_state.waiting.*.since", .duration(.either),
      .optional("they have just come there"), in: .atLeast(0), example: "2 working days",
      "How long they have stood there, in calendar time or whole working days; who came first is "
        + "served first."),
  ]
}
