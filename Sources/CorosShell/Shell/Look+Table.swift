extension Look {
  /// Rows as a table, of which there are not many; empty when there are none.
  func table<Row: ListingRow>(of rows: [Row]) -> String {
    var table = TextTable(Row.columns, style: style)
    for row in rows { table.append(row.cells) }
    return table.takeText()
  }
}
