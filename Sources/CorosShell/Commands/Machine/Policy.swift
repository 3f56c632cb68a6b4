import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows or changes who runs next.
  enum Policy: SimpleCommand {
    static let manual = Manual(
      name: "policy",
      summary: "show or change the rule for who runs next",
      usage: "policy [NAME [KEY=VALUE ...]]",
      group: .machine,
      details: """
        These are the policies, each with its settings as they are unless you say otherwise.
        \(KnownPolicy.all.map { "`\($0.usage)`: \($0.summary)" }.joined(separator: "\n"))
        A list of numbers has slashes between them: `policy mlfq quanta=2/4/8`. A change in the middle of \
        a run loses nobody: the tasks go over as they stand, the one that keeps the CPU first. Of \
        priorities, tickets and nice values each policy minds its own: `priority`, `tickets` and `nice` \
        set them. `why` tells what came of it.
        """,
      example: "policy mlfq quanta=2/4/8 boost=50",
      seeAlso: ["queue", "why", "pick", "nice", "tickets", "priority", "stats"],
      completion: [.words(PolicyChoice.names), .policySetting]
    )

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
