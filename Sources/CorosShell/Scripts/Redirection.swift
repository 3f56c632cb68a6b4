import CorosFiles
package import CorosLanguage

/// Where the results of a command go: `> FILE`, or `>> FILE` to add them to it.
package struct Redirection {
  package let path: Argument
  let keepsText: Bool

  /// Takes the redirection from the end of a command's words; nil without one.
  ///
  /// - Parameter words: The words, which lose it.
  /// - Throws: For a sign without a file, and for words behind the file.
  init?(from words: inout [Argument]) throws(CommandFailure) {
    let greater = UInt8(ascii: ">")
    let index = words.firstIndex { $0.text.utf8.first == greater && $0.origin == nil }
    guard let index else { return nil }
    let sign = words[index]
    keepsText = sign.text.hasPrefix(">>")
    let length = keepsText ? 2 : 1
    let rest = String(sign.text.dropFirst(length))
    if !rest.isEmpty {
      path = Argument(rest, range: sign.range.lowerBound + length..<sign.range.upperBound)
    } else if index + 1 < words.count {
      path = words[index + 1]
    } else {
      throw CommandFailure(
        "\(sign.text) needs a file",
        at: sign.range,
        hint: "as in `timeline > chart.txt`"
      )
    }
    let end = index + (rest.isEmpty ? 2 : 1)
    guard end == words.count else {
      throw CommandFailure(
        "nothing can follow the file that results go to",
        at: words[end].range,
        hint: "put `\(sign.text) FILE` at the end"
      )
    }
    words.removeSubrange(index...)
  }
}

extension Shell {
  /// Runs a command whose results go to a file.
  package func run(
    to redirection: Redirection,
    _ command: () throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    let host: FileHost
    do throws(FileError) {
      let file = try files.results(redirection.path.text, keepsText: redirection.keepsText)
      host = FileHost(file, beside: self.host)
    } catch {
      throw CommandFailure(error, at: redirection.path.range)
    }
    var plain = settings
    (plain.isColored, plain.isInteractive) = (false, false)
    try exchangingConsole(for: host, plain, command).get()
    if host.error != 0 {
      throw CommandFailure(
        FileError(writing: redirection.path.text, errno: host.error),
        at: redirection.path.range
      )
    }
  }
}

/// A file as the host of a command: results go there, and diagnostics where they always go.
private final class FileHost: ForwardingHost {
  private let file: OpenFile
  /// The error of the first write that failed; 0 for none.
  private(set) var error: Int32 = 0

  init(_ file: OpenFile, beside outer: any ShellHost) {
    self.file = file
    super.init(outer)
  }

  override func write(_ text: String) { if error == 0 { error = file.write(text) } }
}
