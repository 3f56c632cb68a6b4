package import CorosHistory
package import CorosKernel
import CorosLanguage
package import CorosShell

extension CommandTable {
  /// All commands.
  ///
  /// A new command is a file in the folder of its group, and a name here.
  package static let all = CommandTable([
    // Tasks
    Commands.Spawn.self, Commands.Workload.self, Commands.Procs.self, Commands.Asm.self,
    Commands.Kill.self, Commands.Cancel.self, Commands.Send.self, Commands.Wait.self,
    Commands.Stop.self, Commands.Resume.self, Commands.Nice.self, Commands.Tickets.self,
    Commands.Priority.self, Commands.Programs.self,

    // Programs
    Commands.Shared.self, Commands.Program.self, Commands.Procedure.self, Commands.Edit.self,
    Commands.Use.self,
    Commands.Always.self, Commands.Finally.self,
    Commands.Mutex.self, Commands.Semaphore.self, Commands.Condition.self,
    Commands.Channel.self, Commands.Barrier.self, Commands.Event.self, Commands.Rwlock.self,

    // Running
    Commands.Step.self, Commands.Run.self, Commands.Pick.self, Commands.Live.self,
    Commands.Stepper.self,

    // Breakpoints
    Commands.Break.self, Commands.Watch.self, Commands.Breaks.self, Commands.Delete.self,
    Commands.Enable.self, Commands.Disable.self, Commands.Continue.self, Commands.Rcontinue.self,

    // Travel
    Commands.Back.self, Commands.Forward.self, Commands.Goto.self, Commands.Bookmark.self,
    Commands.Branches.self, Commands.Branch.self, Commands.Schedule.self, Commands.Replay.self,
    Commands.Diff.self, Commands.Save.self, Commands.Load.self,

    // Looking
    Commands.Ps.self, Commands.Top.self, Commands.Queue.self, Commands.Tree.self,
    Commands.Info.self, Commands.Why.self, Commands.Locks.self, Commands.Output.self,
    Commands.Trace.self, Commands.Lints.self, Commands.Timeline.self, Commands.Stats.self,
    Commands.Compare.self, Commands.Export.self, Commands.Clock.self, Commands.Cells.self,
    Commands.Handles.self,

    // Asking
    Commands.Events.self, Commands.When.self, Commands.Waits.self, Commands.Print.self,

    // Exploring
    Commands.Explore.self,

    // Machine
    Commands.Policy.self, Commands.Seed.self, Commands.Limit.self, Commands.Machine.self,
    Commands.Reset.self,

    // Learning
    Commands.Lesson.self, Commands.Check.self, Commands.Quiz.self, Commands.Answer.self,
    Commands.Hint.self, Commands.Forks.self,

    // Scripting
    Commands.Repeat.self, Commands.For.self, Commands.If.self, Commands.While.self,
    Commands.Function.self, Commands.Alias.self, Commands.Score.self,

    // Shell
    Commands.Help.self, Commands.Apropos.self, Commands.Echo.self, Commands.Set.self,
    Commands.Assert.self,
    Commands.Source.self, Commands.History.self, Commands.Clear.self,
    Commands.Attach.self,
    Commands.Exit.self,
  ])
}

extension Shell {
  /// Makes a shell that knows all commands.
  package convenience init(catalogue: Catalogue, settings: Settings, host: any ShellHost) {
    self.init(commands: .all, catalogue: catalogue, settings: settings, host: host)
  }

  /// Makes a shell that knows all commands, for a machine that somebody else has made, and goes on using.
  package convenience init(
    of machine: TimeMachine,
    catalogue: Catalogue,
    settings: Settings,
    host: any ShellHost
  ) {
    self.init(
      of: machine,
      commands: .all,
      catalogue: catalogue,
      settings: settings,
      host: host
    )
  }

  /// Whether a word is the name of a command that every shell has, or short for one.
  package static func isTaken(_ word: String) -> Bool {
    CommandTable.all.command(named: word) != nil || BlockWords.all.contains(word)
  }
}
