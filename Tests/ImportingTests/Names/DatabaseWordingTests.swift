import Inventory
import Testing

@testable import Importing

@Suite("Databases by their wording")
struct DatabaseWordingTests {
  @Test("of a connection string only the product is taken")
  func products() {
    #expect(
      databaseProduct(inConnection: "Provider=SQLOLEDB.1;Data Source=srv;Password=p")
        == "SQL Server")
    #expect(
      databaseProduct(
        inConnection: "Provider=Microsoft.ACE.OLEDB.12.0;Extended Properties=\"Excel 12.0 Xml\"")
        == "Microsoft Excel")
    #expect(databaseProduct(inConnection: "Server=a;Database=b") == nil)
  }

  @Test("statements name their tables and whether they write")
  func statements() {
    #expect(
      tableNames(inSQL: "SELECT a FROM [dbo].[Items] i JOIN Orders o ON 1 = 1") == [
        "dbo.Items", "Orders",
      ])
    #expect(direction(ofSQL: "insert INTO t VALUES (1)") == .writes)
    #expect(direction(ofSQL: "EXEC run_it") == .invokes)
    #expect(tableNames(inSQL: "select (") == [])
  }
}
