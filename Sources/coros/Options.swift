import ArgumentParser
import CorosCommands
import CorosInsight
import CorosKernel
import CorosSession
import CorosShell
import CorosTerminal

/// The options and arguments of the command line.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ProgramManual.coros.name,
    abstract: ProgramManual.coros.summary,
    usage: usage,
    discussion: """
      Exit status: 0; 1 if a command failed; 2 if the command line or the syntax was wrong; 130 \
      if interrupted. At the prompt, `help` explains the commands.
      """,
    version: "\(ProgramManual.coros.name) \(Version.number)"
  )

  // Each line of them, if it is given several times: the last one alone would be a trap.
  @Option(
    name: .customShort("c"),
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(.commands)
  )
  var commandLines: [String] = []
  var commands: String? { commandLines.isEmpty ? nil : commandLines.joined(separator: "\n") }

  @Option(help: ArgumentHelp(.policy), transform: PolicyChoice.init(option:))
  var policy = PolicyChoice.standard

  @Option(help: ArgumentHelp(.seed))
  var seed: UInt64 = 0

  @Flag(help: ArgumentHelp(.json))
  var json = false

  @Flag(help: ArgumentHelp(.echo))
  var echo = false

  @Flag(help: ArgumentHelp(.keepGoing))
  var keepGoing = false

  @Flag(help: ArgumentHelp(.sandbox))
  var sandbox = false

  @Flag(help: ArgumentHelp(.listenAny))
  var listenAny = false

  @Option(help: ArgumentHelp(.device), transform: { try named($0) })
  var device: [[String]] = []

  @Option(help: ArgumentHelp(.then))
  var then: String?

  @Option(help: ArgumentHelp(.maxSteps), transform: { try number($0, 1...1e15) })
  var maxSteps: Double?

  @Option(help: ArgumentHelp(.maxTime), transform: { try number($0, 0.001...1e9) })
  var maxTime: Double?

  @Option(help: ArgumentHelp(.checkPack))
  var checkPack: String?

  @Option(help: ArgumentHelp(.grade))
  var grade: String?

  @Flag(help: ArgumentHelp(.noConfig))
  var noConfig = false

  @Flag(help: ArgumentHelp(.resume))
  var resume = false

  @Option(help: ArgumentHelp(.attach))
  var attach: String?

  @Flag(help: ArgumentHelp(.noAttach))
  var noAttach = false

  @Option(help: ArgumentHelp(.color))
  var color = TerminalInfo.ColorChoice.auto

  // Plain text, parsed below: an option of an enum type costs each start about 400,000 instructions.
  @Option(
    help: ArgumentHelp(.reference),
    transform: { try ProgramManual.Option.reference.word($0) }
  )
  var reference: String?

  @Option(
    help: ArgumentHelp(.completions),
    transform: { try ProgramManual.Option.completions.word($0) }
  )
  var completions: String?

  @ArgumentParser.Argument(
    help: ArgumentHelp("A script and its arguments; - is standard input.", valueName: "FILE")
  )
  var operands: [String] = []

  /// Parses the words of a command line, without the program's name.
  ///
  /// Options come first: the words after the script's name belong to the script, so parsing stops there.
  static func parse(commandLine words: [String]) throws -> Options {
    let valued = ProgramManual.coros.options.filter { $0.value.name != nil }.map(\.name)
    var index = words.startIndex
    while index < words.endIndex, words[index].hasPrefix("-"), words[index] != "-" {
      if words[index] == "--" { return try parse(words) }
      index += valued.contains(words[index]) ? 2 : 1
    }
    let operands = index < words.endIndex ? ["--"] + words[index...] : []
    return try parse(words.prefix(index) + operands)
  }

  /// A number within a range.
  private static func number(_ text: String, _ range: ClosedRange<Double>) throws -> Double {
    guard let number = Double(text), range.contains(number) else {
      throw ValidationError(
        "a number from \(plain(range.lowerBound)) to \(plain(range.upperBound)) belongs here, not '\(text)'"
      )
    }
    return number
  }

  /// A name and a path.
  private static func named(_ text: String) throws -> [String] {
    let parts = text.split(separator: "=", maxSplits: 1).map { String($0) }
    guard parts.count == 2 else {
      throw ValidationError(
        "a device is NAME=PATH or NAME=fd:N, as in log=/tmp/log.txt, not '\(text)'"
      )
    }
    return parts
  }

  private static func plain(_ number: Double) -> String {
    number < 1 ? "\(number)" : "\(Int(number))"
  }

  /// The usages, one per line.
  private static var usage: String {
    let usages = ProgramManual.coros.usages
    let width = usages.map(\.usage.count).max() ?? 0
    return usages.map { usage, meaning in
      let gap = String(repeating: " ", count: width - usage.count + 4)
      return usage + gap + meaning.replacing("`", with: "")
    }.joined(separator: "\n")
  }

  /// The name by which other terminals find the machine of a prompt; nil if they cannot.
  var attachName: String? { sandbox || noAttach ? nil : attach ?? String(Process.id) }

  /// The settings of the session that the command line determines.
  var settings: Settings {
    var settings = Settings()
    settings.isJSON = json
    settings.echoes = echo
    settings.keepsGoing = keepGoing
    settings.isSandboxed = sandbox
    settings.start.policy = policy
    settings.start.seed = seed
    if sandbox {
      settings.start.world = nil
    } else {
      settings.start.world?.listensToAny = listenAny
      for parts in device { settings.start.world?.devices[parts[0]] = parts[1] }
    }
    settings.version = Version.number
    return settings
  }
}

extension TerminalInfo.ColorChoice: ExpressibleByArgument {}

extension ProgramManual.Option {
  /// The word, if it is a valid value of the option.
  fileprivate func word(_ text: String) throws -> String {
    if value.words.contains(text) { return text }
    throw ValidationError("use one of \(value.words.joined(separator: ", "))")
  }
}

extension ArgumentHelp {
  /// Uses the manual's text for the option.
  fileprivate init(_ option: ProgramManual.Option) {
    self.init(option.summary, valueName: option.value.name)
  }
}

extension PolicyChoice {
  fileprivate init(option: String) throws {
    do throws(PolicyError) {
      self = try PolicyChoice.parse(option: option)
    } catch {
      throw ValidationError("\(error.message); \(error.hint)")
    }
  }
}
