import CorosSession

/// What a command answers that lists things, of which there may be a million.
///
/// As JSON it is one object: the members of `head`, the list, and the members of `tail`. It goes out by a
/// `Listing`, row by row, and no row is kept: so what is to be told of all of them after the list, such as an
/// average, is gathered in the answer on the way.
protocol ListingResult: ResultShape {
  associatedtype Row: ListingRow

  /// The members before the list.
  static var head: [ResultField<Self>] { get }

  /// The key of the list, and what its elements are.
  static var list: (key: String, meaning: String) { get }

  /// The members after the list.
  static var tail: [ResultField<Self>] { get }
}

extension ListingResult {
  /// None.
  static var head: [ResultField<Self>] { [] }

  /// None.
  static var tail: [ResultField<Self>] { [] }

  /// One line: the head, the list with the keys of its rows, and the tail.
  static var lines: [ResultLine] {
    let list = ResultKey(list.key, .objects(Row.keys), list.meaning)
    return [ResultLine(head.map(\.key) + [list] + tail.map(\.key))]
  }
}

/// A row of a listing: an object in JSON, and a line of a table, where it is shown in one.
protocol ListingRow: ResultObject {
  /// The columns of the table.
  static var columns: [TextTable.Column] { get }

  /// What stands in them.
  var cells: [TextTable.Cell] { get }
}

extension ListingRow {
  /// None: a person is shown something else.
  static var columns: [TextTable.Column] { [] }

  /// None.
  var cells: [TextTable.Cell] { [] }
}
