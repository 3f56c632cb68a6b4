package import CorosLanguage

/// The file of all events of a run: a header, the journal that leads to the run, an event a line, a footer.
///
/// The format is described in CorosExports.docc/Exports.md.
package enum EventsFile {
  package static let version = 1
  /// How each such file begins.
  package static let beginning = #"{"coros":"events""#
  /// The first line.
  package static let header: JSON = ["coros": "events", "version": .int(version)]

  /// The last line, so that a file that is cut off is known as such.
  package static func footer(events: Int, tick: Int) -> JSON {
    ["events": .int(events), "tick": .int(tick)]
  }
}
