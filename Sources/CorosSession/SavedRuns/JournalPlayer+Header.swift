import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

// How the machine of a journal starts.

extension JournalPlayer {
  /// The minimum number of lines before the entries.
  static let shortestHeader = 4

  /// The moment that a line advances to.
  static func moment(_ line: String) -> Int? {
    guard line.hasPrefix("at "), case .advance(let moment, _)? = JournalText.entry(line) else {
      return nil
    }
    return moment
  }

  static func start(_ lines: [String]) throws(JournalError) -> MachineStart {
    guard let first = lines.first, first.hasPrefix("coros journal ") else {
      throw JournalError(
        1,
        "this is not a journal",
        hint: "a journal begins with `\(JournalText.mark)`, and `save FILE` writes one"
      )
    }
    guard first == JournalText.mark else {
      throw JournalError(
        1,
        "this journal has an unknown version: '\(excerpt(of: first))'",
        hint: "this version reads `\(JournalText.mark)`"
      )
    }
    func value(_ index: Int, _ key: String) throws(JournalError) -> String {
      guard lines.count > index, lines[index].hasPrefix(key + " ") else {
        throw JournalError(
          index + 1,
          "a line that begins with `\(key)` is missing here",
          hint: "is the file cut off?"
        )
      }
      return String(lines[index].dropFirst(key.count + 1))
    }
    var start = MachineStart()
    let seed = try value(1, "seed")
    guard let number = UInt64(seed) else {
      throw JournalError(2, "the seed must be a whole number, not '\(excerpt(of: seed))'")
    }
    start.seed = number
    let words = try value(2, "policy").split(separator: " ").map { String($0) }
    do throws(PolicyError) {
      start.policy = try PolicyChoice.parse(
        name: words.first ?? "",
        settings: Array(words.dropFirst())
      )
    } catch {
      throw JournalError(3, error.message, hint: error.hint)
    }
    let limit = try value(3, "limit tasks")
    guard let number = JournalText.number(limit), number <= 10_000_000 else {
      throw JournalError(4, "the limit must be from 0 to 10000000, not '\(excerpt(of: limit))'")
    }
    start.taskLimit = number
    if lines.count > 4, lines[4].hasPrefix("machine ") {
      start.hardware = try hardware(lines[4])
    }
    start.isSimulated = lines.dropFirst(4).prefix(2).contains(JournalText.simulatedNetwork)
    return start
  }

  /// The hardware, from the last line of the header.
  private static func hardware(_ line: String) throws(JournalError) -> Hardware {
    var hardware = Hardware()
    do throws(HardwareError) {
      for word in line.split(separator: " ").dropFirst() { try hardware.set(String(word)) }
    } catch {
      throw JournalError(5, error.message, hint: error.hint)
    }
    return hardware
  }
}
