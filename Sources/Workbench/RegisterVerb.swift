import DocumentReading
import Facts
public import Importing

/// A mapping of columns to fields, from texts such as `Verantwortung=owner`.
///
/// - Throws: `WorkbenchError.badInput` where one is not of that form or names no field.
public func registerMapping(_ texts: [String]) throws(WorkbenchError) -> RegisterMapping {
  var mapping = RegisterMapping()
  for text in texts {
    do {
      try mapping.add(text)
    } catch {
      throw .badInput([error.description])
    }
  }
  return mapping
}

/// How a register would be read; nothing is imported.
///
/// - Parameter rows: How many rows are shown of each table.
/// - Throws: `WorkbenchError.badInput` where the file cannot be read, has no table, or lacks a column that
///   the mapping names.
public func preview(
  of request: RegisterRequest, rows: Int = 3
) throws(WorkbenchError) -> RegisterPreview {
  let preview: RegisterPreview
  do {
    preview = try previewRegister(request, rows: rows)
  } catch {
    throw .badInput(["\(error.location): \(error.message)"])
  }
  guard !preview.tables.isEmpty else {
    throw .badInput([
      "\(request.path): no table with a header was found; a register is a CSV file or a workbook with"
        + " at least two columns"
    ])
  }
  guard preview.missing.isEmpty else {
    let headers = preview.tables.flatMap { $0.columns.map(\.header) }
    throw .badInput(
      preview.missing.map { missing in
        let hint =
          closestName(to: missing, among: headers).map { "did you mean '\($0)'?" }
          ?? "its columns are \(headers.joined(separator: ", "))"
        return "\(request.path): there is no column '\(missing)'; \(hint)"
      })
  }
  return preview
}
