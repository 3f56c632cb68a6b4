import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosShell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file of jobs: one per line, with blank lines, and comments after `#`.
enum WorkloadFile {
  private static let longestLine = 4_096

  /// Reads the jobs of a file.
  ///
  /// - Parameters:
  ///   - argument: The name of the file.
  ///   - files: The access to files.
  ///   - limit: The maximum number of jobs.
  /// - Returns: The jobs; at least one.
  /// - Throws: `CommandFailure`, with the line of the file that is wrong.
  static func jobs(
    _ argument: Argument,
    from files: FileAccess,
    limit: Int
  ) throws(CommandFailure) -> [JobDescription] {
    let file: OpenFile
    do throws(FileError) {
      file = try files.open(argument.text)
    } catch {
      throw CommandFailure(
        error,
        at: argument.range,
        hint: "a job is written len=20 or at=5,len=20; anything else names a file of jobs"
      )
    }
    var status = stat()
    if fstat(file.descriptor, &status) == 0, [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) {
      // A device may never end its line.
      throw CommandFailure(
        "'\(excerpt(of: argument.text))' is a device, not a file of jobs",
        at: argument.range,
        hint: "write the jobs to a file, or type them here"
      )
    }
    var reader = LineReader(
      descriptor: file.descriptor,
      limit: longestLine,
      unless: files.isInterrupted
    )
    var jobs: [JobDescription] = []
    while true {
      let line = reader.next()
      let place = (argument.text, reader.lineNumber)
      switch line {
      case .end:
        guard !jobs.isEmpty else {
          throw CommandFailure(
            "there is no job in '\(excerpt(of: argument.text))'",
            at: argument.range,
            hint: "a line is a job: at=0,len=20"
          )
        }
        return jobs
      case .line(let text):
        guard let job = try job(text, place) else { continue }
        jobs.append(job)
        if jobs.count > limit {
          throw failure("more jobs than the limit of \(limit) tasks allows", text, place)
        }
      case .invalidUTF8(let column):
        throw failure("this line is not UTF-8, from byte \(column) on", "", place)
      case .tooLong(let limit):
        throw failure("this line is longer than \(limit) bytes", "", place)
      case .failed(let errno):
        throw CommandFailure(
          "cannot read '\(excerpt(of: argument.text))': \(String(cString: strerror(errno)))",
          at: argument.range
        )
      }
    }
  }

  private typealias Place = (file: String, number: Int)

  /// The job of a line; nil if there is none.
  private static func job(_ line: String, _ place: Place) throws(CommandFailure) -> JobDescription?
  {
    let text = line.prefix { $0 != "#" }
    let start = text.prefix { $0.isWhitespace }.utf8.count
    let word = String(text.dropFirst(text.prefix { $0.isWhitespace }.count)).trimmedAtEnd
    if word.isEmpty { return nil }
    do throws(FieldError) {
      return try JobDescription(parsing: word)
    } catch {
      var failure = failure(error.message, line, place)
      failure.range = start + error.range.lowerBound..<start + error.range.upperBound
      failure.showsPlace = true
      failure.hint = error.hint
      throw failure
    }
  }

  private static func failure(_ message: String, _ line: String, _ place: Place) -> CommandFailure {
    var failure = CommandFailure(message)
    failure.source = SourceLine(file: place.file, number: place.number, text: line)
    return failure
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
