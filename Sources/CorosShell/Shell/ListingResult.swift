package import CorosSession

/// The result of a command that lists things, of which there may be a million.
///
/// As JSON it is one object: the members of `head`, the list, and the members of `tail`. A `Listing` writes
/// it row by row and keeps no row. Values over all rows, such as an average, are therefore accumulated in the
/// result along the way.
package protocol ListingResult: ResultShape {
  associatedtype Row: ListingRow

  /// The members before the list.
  static var head: [ResultField<Self>] { get }

  /// The key of the list, and the meaning of its elements.
  static var list: (key: String, meaning: String) { get }

  /// The members after the list.
  static var tail: [ResultField<Self>] { get }
}

extension ListingResult {
  /// None.
  package static var head: [ResultField<Self>] { [] }

  /// None.
  package static var tail: [ResultField<Self>] { [] }

  /// One line: the head, the list with the keys of its rows, and the tail.
  package static var lines: [ResultLine] {
    let list = ResultKey(list.key, .objects(Row.keys), list.meaning)
    return [ResultLine(head.map(\.key) + [list] + tail.map(\.key))]
  }
}

/// A row of a listing: an object in JSON, and a line of a table.
package protocol ListingRow: ResultObject {
  /// The columns of the table.
  static var columns: [TextTable.Column] { get }

  /// The cells of the columns.
  var cells: [TextTable.Cell] { get }
}

extension ListingRow {
  /// None: the text form does not use a table.
  package static var columns: [TextTable.Column] { [] }

  /// None.
  package var cells: [TextTable.Cell] { [] }
}
