/// The reference's additions to a command's manual: what programs that read the JSON need.
package struct Reference: Sendable {
  /// Paragraphs that are too detailed for `help`; may be empty.
  package var notes: String
  /// The lines typed for the examples of the page.
  ///
  /// The page shows the first line that begins with the command and all later lines, with their output;
  /// earlier lines only prepare the machine. Files are written to a folder made for this purpose.
  package let demonstration: [String]
  /// The files that must exist, by name.
  package var files: [(name: String, text: String)]
  /// The keys pressed on the full screen that the command opens; nil if it opens none.
  package var keys: [ScreenKey]?
  /// What is left of the text that the command has a person edit; nil if there is none.
  package var edited: String?

  /// Makes the additions of a command.
  package init(
    notes: String = "",
    demonstration: [String],
    files: [(name: String, text: String)] = [],
    keys: [ScreenKey]? = nil,
    edited: String? = nil
  ) {
    self.notes = notes
    self.demonstration = demonstration
    self.files = files
    self.keys = keys
    self.edited = edited
  }
}
