import CorosHistory

/// The commands: a type each, in the folder of its group, named as it is typed.
enum Commands {}

/// All commands there are.
///
/// A new one is a file beside this one, and a line here.
enum CommandTable {
  /// In the order in which `help` lists them within their groups.
  static let all: [any ShellCommand.Type] = [
    Commands.Spawn.self, Commands.Workload.self, Commands.Procs.self, Commands.Ps.self,
    Commands.Kill.self, Commands.Wait.self, Commands.Stop.self, Commands.Resume.self,
    Commands.Nice.self, Commands.Tickets.self, Commands.Priority.self,
    Commands.Step.self, Commands.Run.self, Commands.Pick.self, Commands.Live.self,
    Commands.Stepper.self,
    Commands.Break.self, Commands.Watch.self, Commands.Breaks.self, Commands.Delete.self,
    Commands.Enable.self, Commands.Disable.self, Commands.Continue.self, Commands.Rcontinue.self,
    Commands.Back.self, Commands.Forward.self, Commands.Goto.self, Commands.Bookmark.self,
    Commands.Branches.self, Commands.Branch.self,
    Commands.Schedule.self, Commands.Replay.self, Commands.Diff.self, Commands.Save.self,
    Commands.Load.self,
    Commands.Queue.self, Commands.Tree.self, Commands.Info.self, Commands.Why.self,
    Commands.Output.self, Commands.Trace.self, Commands.Lints.self,
    Commands.Timeline.self, Commands.Stats.self, Commands.Compare.self, Commands.Export.self,
    Commands.Clock.self,
    Commands.Policy.self, Commands.Seed.self, Commands.Limit.self, Commands.Reset.self,
    Commands.Quiz.self, Commands.Answer.self, Commands.Hint.self,
    Commands.Help.self, Commands.Programs.self, Commands.Echo.self, Commands.Set.self,
    Commands.Assert.self, Commands.Source.self, Commands.History.self,
    Commands.Exit.self,
  ]

  private static let byName = Dictionary(
    all.map { ($0.manual.name, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  static var names: [String] { all.map { $0.manual.name } }

  static func command(named name: String) -> (any ShellCommand.Type)? {
    byName[name]
  }
}
