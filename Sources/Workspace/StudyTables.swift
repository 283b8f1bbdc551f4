import GRDB

/// Makes the tables of studies anew, with what the first versions recorded.
///
/// A study has runs, one for each variant; a run has replications, each kept once however many studies
/// have the run. Files are kept once for each content.
func createStudyTables(_ database: Database) throws {
  try database.rename(table: "study", to: "study_before")
  try database.create(table: "study") { table in
    table.autoIncrementedPrimaryKey("id")
    // What makes two studies the same; none for those of the first versions.
    table.column("key", .text).unique()
    table.column("scenario", .text).notNull()
    table.column("digest", .text).notNull()
    table.column("title", .text).notNull()
    table.column("settings", .blob)
    table.column("replications", .integer)
    table.column("recorded", .text).notNull()
    // None for a study that was killed before its end.
    table.column("result", .blob)
  }
  try database.execute(
    sql: """
      INSERT INTO study (id, scenario, digest, title, recorded, result)
      SELECT id, scenario, digest, '', recorded, result FROM study_before
      """)
  try database.drop(table: "study_before")
  try database.create(table: "run") { table in
    table.autoIncrementedPrimaryKey("id")
    table.column("key", .text).notNull().unique()
  }
  try database.create(table: "study_run") { table in
    table.column("study", .integer).notNull()
    table.column("position", .integer).notNull()
    table.column("run", .integer).notNull()
    table.primaryKey(["study", "position"])
  }
  try database.create(table: "replication") { table in
    table.column("run", .integer).notNull()
    table.column("number", .integer).notNull()
    table.column("record", .blob).notNull()
    table.primaryKey(["run", "number"])
  }
  try database.create(table: "content") { table in
    table.column("digest", .text).notNull().primaryKey()
    table.column("bytes", .blob).notNull()
  }
  try database.create(table: "study_file") { table in
    table.column("study", .integer).notNull()
    table.column("position", .integer).notNull()
    table.column("name", .text).notNull()
    table.column("place", .text).notNull()
    table.column("digest", .text).notNull()
    table.primaryKey(["study", "position"])
  }
}
