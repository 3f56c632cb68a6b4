package import CorosFiles
import CorosLanguage

/// The file in which the preferences of a person stay: a `set` command for each.
package struct PreferenceFile {
  private let path: String

  private static let kind = FileKind(
    noun: "a file of settings of coros",
    beginning: "# settings of coros\n"
  )

  /// Names the file, which need not exist.
  package init(path: String) { self.path = path }

  /// Reads the preferences, in the order in which they were set.
  ///
  /// - Throws: Why the file cannot be read, and which of its lines is wrong; one that is missing is empty.
  package func read() throws(FileError) -> [(name: String, value: String)] {
    let text: String
    do throws(FileError) {
      text = try FileReader.text(path)
    } catch {
      if error.isAboutMissingFile { return [] }
      throw error
    }
    var found: [(name: String, value: String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let list = try? CommandList(parsing: String(line)), list.entries.count <= 1 else {
        throw wrong(index + 1)
      }
      guard let command = list.entries.first?.command else { continue }
      guard let words = try? command.expanded(with: Variables()), words.count == 3,
        words[0].text == "set", let preference = Preference.named(words[1].text),
        preference.mistake(words[2].text) == nil
      else { throw wrong(index + 1) }
      found.append((words[1].text, words[2].text))
    }
    return found
  }

  private func wrong(_ line: Int) -> FileError {
    FileError(
      "\(path):\(line): this is no setting",
      hint: "lines are as in `set theme contrast`; without the file, all is as at first"
    )
  }

  /// Keeps a value, or forgets it where it is empty.
  ///
  /// - Throws: Why it cannot be kept; then the file stays as it is.
  package func keep(_ name: String, _ value: String) throws(FileError) {
    // Another session may have kept something meanwhile.
    var kept = try read().filter { $0.name != name }
    if !value.isEmpty { kept.append((name, value)) }
    PrivateFolder.make(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    let writer = try FileWriter(path, kind: Self.kind, isForced: true, isPrivate: true)
    try writer.write(
      Self.kind.beginning + kept.map { "set \($0.name) \(quoted($0.value))\n" }.joined()
    )
    _ = try writer.commit()
  }
}
