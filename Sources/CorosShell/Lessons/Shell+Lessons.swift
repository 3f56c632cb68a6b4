import CorosFiles
import CorosHistory
import CorosInsight
import CorosLanguage
package import CorosLessons
import CorosSession

// The lesson that is open, and what has been done of it.

extension Shell {
  /// Keeps what is done in lessons in a file, as a person at a terminal wants it.
  package func keepLessons(in path: String) { desk.file = ProgressFile(path) }

  /// The lessons: those that come with the program, unless others have been chosen.
  package var lessonPack: LessonPack { desk.pack ?? .first }

  /// The open lesson and its task.
  package func openLesson(
    _ invocation: Invocation
  ) throws(CommandFailure) -> (Lesson, LessonDesk.OpenTask) {
    guard let open = desk.open else {
      throw CommandFailure(
        "no lesson is open",
        at: invocation.name.range,
        hint: "`lesson` opens one, and `lesson list` shows them all"
      )
    }
    return (lessonPack.lessons[open.lesson], open)
  }

  /// Who says whether the task is done.
  package func judge(_ lesson: Lesson, _ task: Int) -> LessonJudge {
    let tools = LessonTools(commands: commands, catalogue: session.builtIn)
    return LessonJudge(lesson, task, tools: tools) { [host] in host.isInterrupted }
  }

  /// Begins a task on a fresh machine.
  ///
  /// - Throws: Why it cannot be begun; then nothing has changed.
  package func begin(
    lesson: Int,
    task: Int,
    dropsMachine: Bool,
    _ invocation: Invocation
  ) throws(CommandFailure) {
    if !dropsMachine, desk.machine !== machine, hasOwnWork {
      throw CommandFailure(
        "a lesson needs a fresh machine, and there is work of yours on this one",
        at: invocation.name.range,
        hint: "`save FILE` keeps it; with --force the lesson takes its place"
      )
    }
    let chosen = lessonPack.lessons[lesson]
    do throws(LessonReproach) {
      let beginning = try judge(chosen, task).begun().shell.session.journalText
      do throws(JournalError) {
        try session.load(beginning)
      } catch {
        throw LessonReproach(error.message)
      }
      files.attachments = chosen.files
      desk.machine = machine
      desk.open = LessonDesk.OpenTask(
        lesson: lesson,
        task: task,
        beginning: beginning,
        judged: stand,
        isDone: record(lesson, task).isPassed
      )
    } catch {
      if host.isInterrupted { throw interruption }
      throw CommandFailure("the lesson cannot begin: \(error.message)", at: invocation.name.range)
    }
    let place = LessonProgress.Place(pack: lessonPack.name, lesson: chosen.name, task: task + 1)
    updateProgress { $0.current = place }
  }

  /// Whether something was done on this machine that would be missed.
  private var hasOwnWork: Bool {
    machine.closeJournal()
    return !machine.journal.isEmpty
  }

  /// Where the machine stands.
  private var stand: LessonDesk.Stand {
    LessonDesk.Stand(
      branch: machine.branch,
      moment: machine.moment,
      acts: machine.labels.count
    )
  }

  // MARK: Progress

  /// Reads what was done in earlier sessions, once.
  package func readProgress() {
    guard !desk.isRead, let file = desk.file else { return }
    desk.isRead = true
    do throws(FileError) {
      desk.progress = try file.read()
    } catch {
      // Not ours to replace.
      desk.file = nil
      output.writeError("coros: progress in lessons is not kept: \(error.message)\n")
    }
  }

  /// Changes what has been done, here and in the file.
  package func updateProgress(_ change: (inout LessonProgress) -> Void) {
    readProgress()
    guard let file = desk.file else { return change(&desk.progress) }
    do throws(FileError) {
      desk.progress = try file.update(change)
    } catch {
      change(&desk.progress)
      desk.file = nil
      output.writeError("coros: progress in lessons is not kept: \(error.message)\n")
    }
  }

  /// What has been done of a task.
  package func record(_ lesson: Int, _ task: Int) -> TaskRecord {
    desk.progress.record(lessonPack.name, lessonPack.lessons[lesson].name, task + 1)
  }

  /// Notes a hint or a wrong answer; nothing counts any more once the task is done.
  package func noteCost(_ change: (inout TaskRecord) -> Void) {
    guard let open = desk.open, !record(open.lesson, open.task).isPassed else { return }
    var record = record(open.lesson, open.task)
    change(&record)
    updateProgress { progress in
      progress.set(record.merged(with: progress.record(record.pack, record.lesson, record.task)))
    }
  }

  /// Notes that the open task is done.
  ///
  /// - Returns: The points that it gave.
  package func notePassed(answer: String? = nil, journal: String? = nil) -> Int {
    guard var open = desk.open else { return 0 }
    let task = lessonPack.lessons[open.lesson].tasks[open.task]
    var record = record(open.lesson, open.task)
    open.isDone = true
    desk.open = open
    if record.isPassed { return record.worth(of: task.points) }
    record.isPassed = true
    record.answer = answer
    record.journal = journal
    updateProgress { $0.set(record) }
    return record.worth(of: task.points)
  }

  // MARK: Checking

  /// Looks at the machine after a command, and says so when the open task is done.
  ///
  /// Programs that are to be fixed are not looked at by themselves: that may take a while.
  func checkQuietly() {
    guard var open = desk.open, !open.isDone, desk.machine === machine else { return }
    let lesson = lessonPack.lessons[open.lesson]
    guard lesson.tasks[open.task].kind == .breakIt, open.judged != stand,
      machine.moment <= Self.longestQuietCheck, !isInterrupted
    else { return }
    open.judged = stand
    desk.open = open
    let journal = session.journalText
    let verdict = judge(lesson, open.task).verdict(journal: journal)
    guard verdict.isPassed else { return }
    let points = notePassed(journal: journal)
    Results(of: "check", in: self)
      .add(CheckedTask(lesson, open.task, verdict, points: points, lessonPack))
  }

  /// The longest run that is looked at without being asked.
  private static let longestQuietCheck = 10_000
}
