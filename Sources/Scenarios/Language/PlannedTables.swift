/// Cases that a planner expects, by date or by date and hour.
public struct ArrivalVolumes: Sendable, Hashable {
  /// The file, as named.
  public var file: String
  /// The rows, in the order of date and hour.
  public var rows: [Row]

  /// A row of the planner's table.
  public struct Row: Sendable, Hashable {
    /// The date, in the scenario's time zone.
    public var date: CivilDate
    /// The hour from its beginning, 0 to 23; `nil` for the whole date.
    public var hour: Int?
    /// Cases expected.
    public var cases: Double
    /// Line or row of the file.
    public var line: Int
  }
}

/// People of a team who are there on the same dates.
public struct StaffingLevel: Sendable, Hashable {
  /// When they work: the team's calendar, closed on dates on which fewer are planned.
  public var calendar: ScenarioCalendar
  /// How many they are.
  public var count: Int
}
