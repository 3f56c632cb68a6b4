package import CorosLanguage

/// A file of all events of a run: a header, the journal that recreates the run, one event per line, and a
/// footer.
///
/// The format is described in CorosShell.docc/Exports.md.
package enum EventsFile {
  package static let version = 1
  /// The text that every such file begins with.
  package static let beginning = #"{"coros":"events""#
  /// The first line.
  package static let header: JSON = ["coros": "events", "version": .int(version)]

  /// The last line, which shows that the file is complete.
  package static func footer(events: Int, tick: Int) -> JSON {
    ["events": .int(events), "tick": .int(tick)]
  }
}
