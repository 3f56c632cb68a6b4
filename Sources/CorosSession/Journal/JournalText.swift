package import CorosFiles
package import CorosHistory
import CorosIO
import CorosKernel

/// The start of a machine and its journal, as lines that a person can read and edit.
///
/// The format is described in CorosShell.docc/Journals.md.
package enum JournalText {
  package static let mark = "coros journal 1"

  /// The kind of journal files.
  package static let kind = FileKind(noun: "a journal", beginning: "coros journal ")

  /// The line of a machine that has a network in memory, and no world.
  static let simulatedNetwork = "network simulated"

  /// The lines that describe the start of the machine.
  package static func header(_ start: MachineStart) -> [String] {
    let lines = [
      mark, "seed \(start.seed)", "policy \(start.policy.make().description)",
      "limit tasks \(start.taskLimit)",
    ]
    // Journals of ordinary machines stay as they have always been.
    return lines + (start.hardware == Hardware() ? [] : ["machine \(start.hardware.text)"])
      + (start.isSimulated ? [simulatedNetwork] : [])
  }

  /// A whole journal; of consecutive moves, only the last position is written.
  ///
  /// - Parameters:
  ///   - start: How the machine started.
  ///   - entries: The journal.
  ///   - hidesBytes: Whether to write only how many bytes came in from the world. Such a journal cannot be loaded.
  /// - Returns: The lines.
  package static func text(
    _ start: MachineStart,
    _ entries: [JournalEntry],
    hidesBytes: Bool = false
  ) -> String {
    var lines = header(start)
    for (index, entry) in entries.enumerated() {
      if case .advance = entry, index + 1 < entries.count, case .advance = entries[index + 1] {
        continue
      }
      if hidesBytes, case .incoming(let line, let moment) = entry, let known = TapeEntry(line.text)
      {
        lines.append("in \(moment) " + known.text(hidesBytes: true))
      } else {
        lines.append(line(entry))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package static func line(_ entry: JournalEntry) -> String {
    switch entry {
    case .act(let label, let moment): "@\(moment) " + escaped(label)
    case .incoming(let line, let moment): incoming("\(moment) \(line.text)")
    case .advance(let moment, let tick): "at \(moment) tick \(tick)"
    case .jump(.max): "jump"
    case .jump(let limit): "jump \(limit)"
    case .go(let moment): "go \(moment)"
    case .branch(let number): "branch \(number)"
    case .bookmark(let name): "bookmark \(escaped(name))"
    case .reschedule(let schedule): "replay \(schedule)"
    }
  }

  /// Parses a line; nil if it is not a journal entry.
  package static func entry(_ line: String) -> JournalEntry? {
    let words = line.split(separator: " ", maxSplits: 1).map { String($0) }
    guard let first = words.first else { return nil }
    let rest = words.count > 1 ? words[1] : ""
    if let incoming = incoming(from: first, rest) { return incoming }
    if first.hasPrefix("@") {
      guard let moment = number(String(first.dropFirst())), !rest.isEmpty else { return nil }
      return unescaped(rest).map { .act($0, at: moment) }
    }
    switch first {
    case "at":
      let parts = rest.split(separator: " ").map { String($0) }
      guard parts.count == 3, parts[1] == "tick", let moment = number(parts[0]),
        let tick = number(parts[2])
      else { return nil }
      return .advance(to: moment, tick: tick)
    case "jump" where rest.isEmpty: return .jump(limit: .max)
    case "jump": return number(rest).map { .jump(limit: $0) }
    case "go": return number(rest).map { .go(to: $0) }
    case "branch": return number(rest).map { .branch($0) }
    case "bookmark": return rest.isEmpty ? nil : unescaped(rest).map { .bookmark($0) }
    case "replay": return (try? Schedule(parsing: rest)).map { .reschedule($0) }
    default: return nil
    }
  }

  /// Parses digits, and nothing else.
  package static func number(_ text: String) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// The text as one line: control characters and the percent sign are replaced by their numbers.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x25 }) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || byte == 0x25 {
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += Array("%\(byte < 0x10 ? "0" : "")\(digits)".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ text: String) -> String? {
    guard text.utf8.contains(0x25) else { return text }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
