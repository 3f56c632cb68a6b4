import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows or changes the scheduling policy.
  enum Policy: SimpleCommand {
    static let manual = Manual(
      name: "policy",
      summary: "show or change the scheduling policy",
      usage: "policy [NAME [KEY=VALUE ...]]",
      group: .machine,
      details: """
        The policies, each with the defaults of its settings:
        \(KnownPolicy.all.map { "`\($0.usage)`: \($0.summary)" }.joined(separator: "\n"))
        A list of numbers is written with slashes: `policy mlfq quanta=2/4/8`. When you change the policy \
        during a run, all tasks move to the new one in their order; the task that has the CPU comes first. \
        Each policy looks at its own numbers: set them with `priority`, `tickets` and `nice`. `why` explains \
        what the policy decides.
        """,
      example: "policy mlfq quanta=2/4/8 boost=50",
      seeAlso: ["queue", "why", "pick", "nice", "tickets", "priority", "stats"],
      completion: [.policy, .policySetting]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(demonstration: ["policy rr quantum=2"])

    struct Result: CommandResult, ResultObject {
      let policy: String

      static let fields: [ResultField<Self>] = [
        .text("policy", "the policy now, with its settings") { $0.policy }
      ]

      func text(in look: Look) -> String { policy }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if let name = invocation.arguments.first {
        let settings = invocation.arguments.dropFirst().map(\.text)
        let choice: PolicyChoice
        do throws(PolicyError) {
          choice = try PolicyChoice.parse(name: name.text, settings: settings)
        } catch {
          throw CommandFailure(
            error.message,
            at: invocation.arguments[error.word].range,
            hint: error.hint
          )
        }
        shell.session.use(choice)
      }
      return Result(policy: shell.scheduler.policyDescription)
    }
  }
}
