import CorosFiles
import CorosLanguage
import CorosSession
import CorosShell
import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text in a file of its own, which only its owner can read, for as long as somebody edits it.
struct EditedFile: ~Copyable {
  private let folder: String
  private let path: String

  /// Writes the text to a new file.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - name: The name of the file, without its ending.
  /// - Throws: Why there is none.
  init(_ text: String, named name: String) throws(EditorRefusal) {
    let place = environmentVariable("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array((place + "/coros-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      let reason = String(cString: strerror(errno))
      throw EditorRefusal("there is no room for the text in \(place): \(reason)")
    }
    let folder = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
    let path = "\(folder)/\(name).coros"
    if let failure = Self.write(text, to: path) {
      unlink(path)
      rmdir(folder)
      throw failure
    }
    self.folder = folder
    self.path = path
  }

  private static func write(_ text: String, to path: String) -> EditorRefusal? {
    do throws(FileError) {
      let writer = try FileWriter(path, kind: JournalText.kind, isForced: true, isPrivate: true)
      try writer.write(text)
      _ = try writer.commit()
      return nil
    } catch {
      return EditorRefusal(error.message, hint: error.hint)
    }
  }

  deinit {
    unlink(path)
    // An editor may have left files of its own, which are not ours to delete.
    rmdir(folder)
  }

  /// Has an editor change the file.
  ///
  /// - Parameter command: The editor.
  /// - Returns: What is in the file then.
  /// - Throws: Why that is not known, or not wanted.
  consuming func edited(by command: String) throws(EditorRefusal) -> String {
    let shown = excerpt(of: command)
    let hint = "nothing has changed; VISUAL or EDITOR names the editor"
    switch ExternalEditor.open(path, with: command) {
    case .left: break
    case .failed(let status):
      throw EditorRefusal("the editor `\(shown)` ended with status \(status)", hint: hint)
    case .killed(let signal):
      throw EditorRefusal("the editor `\(shown)` was ended by signal \(signal)", hint: hint)
    case .notStarted(let reason):
      throw EditorRefusal("the editor `\(shown)` cannot be started: \(reason)", hint: hint)
    }
    do throws(FileError) {
      return try FileReader.text(path)
    } catch {
      throw EditorRefusal(error.message, hint: "nothing has changed")
    }
  }
}
