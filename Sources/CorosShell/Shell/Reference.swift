/// What the reference page tells of a command beyond its manual: what programs need that read its JSON.
struct Reference: Sendable {
  /// Paragraphs that are too much for `help`; empty for none.
  var notes = ""
  /// What is typed for the examples of the page.
  ///
  /// The first line that begins with the command, and those after it, stand on the page with all that they
  /// print; those before it only lead there. Files that are written go to a folder made for it.
  let demonstration: [String]
  /// The files that must be there for it, by their names.
  var files: [(name: String, text: String)] = []
  /// The keys that are pressed on the full screen that the command opens; nil when it opens none.
  var keys: [ScreenKey]?
}
