import CorosFiles
import CorosHistory
import CorosLanguage
import CorosShell

extension Shell {
  /// Reads a schedule from a word, or from the file that the word names.
  ///
  /// A word may be the steps alone, as in `1x2.2`: then seed and policy are those of the present.
  func schedule(in argument: Argument) throws(CommandFailure) -> Schedule {
    var text = argument.text
    let head = areSteps(text) ? headOfSchedule : ""
    let isFile = head.isEmpty && !text.hasPrefix("schedule")
    text = head + text
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
      let offset = max(0, min(error.offset, text.utf8.count) - head.utf8.count)
      let start = argument.range.lowerBound + offset
      throw CommandFailure(
        error.message,
        at: isBare ? start..<argument.range.upperBound : argument.range,
        hint: error.hint
      )
    }
  }

  /// Whether a word is what stands behind the head of a schedule.
  private func areSteps(_ text: String) -> Bool {
    text.first?.isNumber == true && text.utf8.allSatisfy { Self.inSteps.contains($0) }
  }

  private static let inSteps = Swift.Set("0123456789.x-".utf8)

  /// What stands before the steps in the schedule of this run.
  private var headOfSchedule: String {
    let text = machine.schedule.description
    return text.lastIndex(of: "@").map { String(text[...$0]) } ?? ""
  }
}
