/// Why a typed program failed: what is wrong, and in which line.
struct ProgramFailure: Error, Hashable, CustomStringConvertible {
  let message: String
  let line: Int

  var description: String { "line \(line): \(message)" }
}
