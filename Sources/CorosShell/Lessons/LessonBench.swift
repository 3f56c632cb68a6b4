import CorosFiles
import CorosHistory
import CorosKernel
package import CorosLessons
import CorosSession

/// A machine beside the learner's, on which the commands of a lesson run, and hand-ins are replayed.
///
/// It has no files but those of the lesson, no real time, and no network but one in memory, where the lesson wants it: its
/// tasks may be those of a stranger's hand-in. It shows nothing, and comes to an end whatever it is told to do.
package final class LessonBench {
  package let shell: Shell
  private let audience: BenchAudience

  /// The most steps that its tasks may make.
  private static let mostSteps = 200_000

  /// How often a replay may ask whether to go on.
  private static let mostQuestions = 1_000

  /// Makes a bench.
  ///
  /// - Parameters:
  ///   - tools: The commands and programs there are.
  ///   - lesson: The lesson, whose files its commands may read.
  ///   - interrupted: Whether the person has pressed Ctrl-C.
  init(_ tools: LessonTools, _ lesson: Lesson, interrupted: @escaping () -> Bool) {
    audience = BenchAudience(interrupted)
    var settings = Settings()
    settings.isSandboxed = true
    settings.start.world = nil
    settings.start.isSimulated = lesson.hasNetwork
    shell = Shell(
      commands: tools.commands,
      catalogue: tools.catalogue,
      settings: settings,
      host: audience
    )
    shell.files.attachments = lesson.files
    shell.stepLimit = Self.mostSteps
  }

  /// Whether it has been given up.
  package var isInterrupted: Bool { shell.isInterrupted }

  /// Runs commands of a lesson.
  ///
  /// - Parameters:
  ///   - script: The commands.
  ///   - name: The file of the lesson, for errors.
  /// - Throws: What failed, with its line.
  package func run(_ script: LessonScript, of name: String) throws(LessonReproach) {
    if script.isEmpty { return }
    audience.forget()
    let status = shell.runScript(text: script.padded, name: name)
    shell.flush()
    if status == 0, shell.exitStatus == nil { return }
    if shell.isInterrupted {
      throw LessonReproach("\(name):\(script.firstLine): this does not come to an end")
    }
    if shell.exitStatus != nil {
      throw LessonReproach("\(name):\(script.firstLine): a lesson cannot end the shell")
    }
    throw LessonReproach(audience.firstError ?? "\(name):\(script.firstLine): this failed")
  }

  /// Replays a journal.
  ///
  /// - Throws: What is wrong with it.
  package func load(_ journal: String) throws(LessonReproach) {
    // A replay asks once in a thousand steps.
    audience.patience = Self.mostQuestions
    do throws(JournalError) {
      try shell.session.load(journal)
    } catch {
      throw LessonReproach(
        isInterrupted
          ? "the journal does not come to an end"
          : "line \(error.line) of the journal: \(error.message)"
      )
    }
    audience.patience = BenchAudience.standardPatience
    shell.monitor.machineWasReplaced()
  }
}

/// Who looks at a bench: nobody; only errors are kept.
private final class BenchAudience: ShellHost {
  private let interrupted: () -> Bool
  private var errors = ""
  /// How often it may still be asked whether to go on: more than any lesson needs.
  var patience = standardPatience
  static let standardPatience = 100_000

  init(_ interrupted: @escaping () -> Bool) { self.interrupted = interrupted }

  let width = 80

  var isInterrupted: Bool {
    patience -= 1
    return patience <= 0 || interrupted()
  }

  func write(_ text: String) {}

  func writeError(_ text: String) {
    if errors.utf8.count < 4_000 { errors += text }
  }

  func forget() { errors = "" }

  /// What was said first of what failed.
  var firstError: String? {
    errors.split(separator: "\n").first { !$0.hasPrefix("note:") }.map(String.init)
  }
}
