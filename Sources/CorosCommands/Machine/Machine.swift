import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows or sets what the machine is made of.
  enum Machine: SimpleCommand {
    static let manual = Manual(
      name: "machine",
      summary: "show or set the hardware: the cost of a switch, the I/O devices",
      usage: "machine [switch=N] [device=own|shared]",
      group: .machine,
      details: """
        With `switch` a context switch costs N ticks: they pass when the CPU goes from one task to another, \
        before the other runs. No task runs meanwhile, but tasks arrive and wake, and a preemptive policy may \
        put another first; that is another switch. For the task that is switched to, these ticks are neither \
        run nor wait, but part of its turnaround; all others that are ready wait. The first task of a run costs \
        nothing, nor does one that had the CPU last. Quanta and slices count ticks of CPU, not of switching.

        With `device=own` each I/O has a device of its own; with `device=shared` one device serves all I/O, \
        one request after the other in the order in which they came. If a task is killed while it waits, the \
        requests behind its own move up.

        A change holds for what begins after it. `reset` keeps both settings, and `compare` uses them.
        """,
      example: "machine switch=1 device=shared",
      seeAlso: ["stats", "policy", "workload", "reset"],
      completion: [.words(["switch=", "device=own", "device=shared"])]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(demonstration: ["machine switch=1 device=shared"])

    struct Result: CommandResult, ResultObject {
      let hardware: Hardware

      static let fields: [ResultField<Self>] = [
        .number("switch", "how many ticks a context switch costs", \.hardware.switchTicks),
        .word(
          "device",
          of: Hardware.Device.allCases.map(\.rawValue),
          "which I/O devices there are",
          \.hardware.device.rawValue
        ),
      ]

      func text(in look: Look) -> String {
        let cost = hardware.switchTicks == 0 ? "nothing" : counted(hardware.switchTicks, "tick")
        let devices =
          switch hardware.device {
          case .own: "each I/O has a device of its own"
          case .shared: "all I/O shares one device, first come, first served"
          }
        return "a context switch costs \(cost)\n\(devices)"
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      var hardware = shell.scheduler.hardware
      for argument in invocation.arguments {
        do throws(HardwareError) {
          try hardware.set(argument.text)
        } catch {
          throw CommandFailure(
            "\(error.message): '\(excerpt(of: argument.text))'",
            at: argument.range,
            hint: error.hint
          )
        }
      }
      if !invocation.arguments.isEmpty { shell.session.use(hardware) }
      return Result(hardware: hardware)
    }
  }
}
