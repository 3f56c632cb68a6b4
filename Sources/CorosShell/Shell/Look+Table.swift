extension Look {
  /// A few rows as a table; empty if there are none.
  package func table<Row: ListingRow>(of rows: [Row]) -> String {
    var table = TextTable(Row.columns, style: style)
    for row in rows { table.append(row.cells) }
    return table.takeText()
  }
}
