import CorosFiles
import CorosHistory
import CorosLanguage
import CorosShell

extension Shell {
  /// Reads a schedule from a word, or from the file that the word names.
  func schedule(in argument: Argument) throws(CommandFailure) -> Schedule {
    var text = argument.text
    let isFile = !text.hasPrefix("schedule")
    if isFile {
      do throws(FileError) {
        text = try files.text(of: text)
      } catch {
        throw CommandFailure(error, at: argument.range, hint: "`schedule` prints a schedule")
      }
    }
    do throws(ScheduleError) {
      return try Schedule(parsing: text)
    } catch {
      // The position is known only if the word is not quoted.
      let isBare = !isFile && argument.range.count == argument.text.utf8.count
      let start = argument.range.lowerBound + min(error.offset, text.utf8.count)
      throw CommandFailure(
        error.message,
        at: isBare ? start..<argument.range.upperBound : argument.range,
        hint: error.hint
      )
    }
  }
}
