import CorosFiles
import CorosLanguage
import CorosLessons
import CorosSession
import CorosShell

extension Commands {
  /// Opens lessons.
  enum Lesson: SimpleCommand {
    static let manual = Manual(
      name: "lesson",
      summary: "learn operating systems at this prompt",
      usage: "lesson [NAME [TASK] | list | next | reset [all] | stop | hand-in FILE] [OPTION ...]",
      group: .learning,
      details: """
        Each lesson takes ten minutes: a short text, a machine to try things on, and tasks that check themselves. \
        Some ask what will happen: `answer X`. Some have you bring the machine to a state, and say when it is done. \
        Some have you change a program: then `check` tries every schedule of it. A task is worth 3 points, one less \
        for each wrong answer and for each `hint`.

          lesson              go on where you were
          lesson NAME [TASK]  open one, by its name or its number
          lesson list         all lessons, and your points
          lesson next         the next task; nothing goes on by itself
          lesson reset        the same task on a fresh machine; `reset all` forgets your points
          lesson stop         put it away
          lesson hand-in FILE write what you have done to a file, for `coros --grade`

        What you have done is kept from session to session, if you are at a terminal.
        """,
      example: "lesson list",
      seeAlso: ["check", "answer", "hint", "quiz"],
      options: [
        .init("--pack", "FOLDER", "lessons of somebody else; see `coros --check-pack`"),
        .init("--force", nil, "give up what is on the machine"),
      ],
      completion: [
        .lesson, .words(["all"]), .nothing,
      ]
    )

    static let reference = Reference(
      notes: """
        In scripts nothing is kept, so that a script does the same each time. Commands of a lesson may read its own \
        files, such as `asm race.s`. The format of lessons is described in the article *Teaching with lessons*.
        """,
      demonstration: ["lesson turns", "lesson list"]
    )

    typealias Result = EitherResult<LessonPage, EitherResult<LessonList, HandIn>>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual, atMost: 2)
      if let folder = options.value("--pack") { try choose(folder, shell) }
      shell.readProgress()
      let words = options.operands.map { invocation.arguments[$0] }
      let request = Request(
        invocation: invocation,
        shell: shell,
        second: words.count > 1 ? words[1] : nil,
        isForced: options.has("--force")
      )
      guard let first = words.first else { return try request.goOn() }
      switch first.text {
      case "list":
        try request.endsHere()
        return .second(.first(LessonList(shell.lessonPack, shell.desk.progress)))
      case "next":
        try request.endsHere()
        return try request.next()
      case "reset": return try request.reset()
      case "stop":
        try request.endsHere()
        return try request.stop()
      case "hand-in": return try request.handIn()
      default: return try request.open(first)
      }
    }

    private static func choose(_ folder: Argument, _ shell: Shell) throws(CommandFailure) {
      guard !shell.settings.isSandboxed else {
        throw CommandFailure("a sandbox has no files", at: folder.range)
      }
      let (pack, errors) = LessonPack.read(folder.text)
      if let error = errors.first {
        throw CommandFailure(
          "\(excerpt(of: error.file, limit: 200)):\(error.line): \(error.message)",
          at: folder.range,
          hint: error.hint
        )
      }
      shell.desk.open = nil
      shell.desk.pack = pack
    }

    /// What a learner has done, in a file.
    struct HandIn: CommandResult, ResultObject {
      let file: String
      let tasks: Int
      let points: Int
      let of: Int

      static let occasion = "With `hand-in`:"
      static let fields: [ResultField<Self>] = [
        .text("file", "the file", \.file),
        .number("tasks", "how many tasks are done", \.tasks),
        .number("points", "the points for them", \.points),
        .number("of", "the points that there could be", \.of),
      ]

      func text(in look: Look) -> String {
        "\(file): \(counted(tasks, "task")), \(points) of \(counted(of, "point"))"
      }
    }
  }
}

/// A request about lessons.
private struct Request {
  let invocation: Invocation
  let shell: Shell
  let second: Argument?
  let isForced: Bool

  typealias Result = Commands.Lesson.Result
  private var pack: LessonPack { shell.lessonPack }

  /// Fails if another word follows.
  func endsHere() throws(CommandFailure) {
    guard let second else { return }
    throw CommandFailure(
      "nothing follows here: '\(excerpt(of: second.text))'",
      at: second.range,
      hint: "usage: \(Commands.Lesson.manual.usage)"
    )
  }

  private func begin(_ lesson: Int, _ task: Int) throws(CommandFailure) -> Result {
    try shell.begin(lesson: lesson, task: task, dropsMachine: isForced, invocation)
    return page(lesson, task, isBeginning: true)
  }

  private func page(_ lesson: Int, _ task: Int, isBeginning: Bool) -> Result {
    .first(
      LessonPage(
        pack: pack,
        lessonIndex: lesson,
        taskIndex: task,
        record: shell.record(lesson, task),
        isBeginning: isBeginning
      )
    )
  }

  /// Shows the open task, or opens the one at which the learner stopped, or the first that is not done.
  func goOn() throws(CommandFailure) -> Result {
    if let open = shell.desk.open { return page(open.lesson, open.task, isBeginning: false) }
    if let current = shell.desk.progress.current, current.pack == pack.name,
      let lesson = pack.lessons.firstIndex(where: { $0.name == current.lesson }),
      pack.lessons[lesson].tasks.indices.contains(current.task - 1)
    {
      return try begin(lesson, current.task - 1)
    }
    for (lesson, content) in pack.lessons.enumerated() {
      for task in content.tasks.indices where !shell.record(lesson, task).isPassed {
        return try begin(lesson, task)
      }
    }
    return try begin(0, 0)
  }

  func open(_ word: Argument) throws(CommandFailure) -> Result {
    guard let lesson = pack.index(of: word.text) else {
      let names = pack.lessons.map(\.name)
      let matching = names.filter { $0.hasPrefix(word.text) }
      throw CommandFailure(
        matching.count > 1
          ? "several lessons begin with '\(excerpt(of: word.text))'"
          : "there is no lesson '\(excerpt(of: word.text))'",
        at: word.range,
        hint: matching.count > 1
          ? matching.joined(separator: ", ")
          : Suggestion.question(for: word.text, among: names) ?? "`lesson list` shows them all"
      )
    }
    var task = 0
    if let second {
      let count = pack.lessons[lesson].tasks.count
      guard let number = Int(second.text), (1...count).contains(number) else {
        throw CommandFailure(
          "there is no task '\(excerpt(of: second.text))' in this lesson",
          at: second.range,
          hint: "its tasks are counted from 1 to \(count)"
        )
      }
      task = number - 1
    }
    return try begin(lesson, task)
  }

  func next() throws(CommandFailure) -> Result {
    let (lesson, open) = try shell.openLesson(invocation)
    if open.task + 1 < lesson.tasks.count { return try begin(open.lesson, open.task + 1) }
    if open.lesson + 1 < pack.lessons.count { return try begin(open.lesson + 1, 0) }
    return list("That was the last lesson.")
  }

  func reset() throws(CommandFailure) -> Result {
    if let second {
      guard second.text == "all" else {
        throw CommandFailure(
          "lesson reset does not take '\(excerpt(of: second.text))'",
          at: second.range,
          hint: "`lesson reset` begins the task again, `lesson reset all` forgets your points"
        )
      }
      shell.updateProgress { $0.forget(pack: pack.name) }
      shell.desk.open = nil
      return list("All points are forgotten.")
    }
    let (_, open) = try shell.openLesson(invocation)
    try shell.begin(lesson: open.lesson, task: open.task, dropsMachine: true, invocation)
    return page(open.lesson, open.task, isBeginning: false)
  }

  func stop() throws(CommandFailure) -> Result {
    _ = try shell.openLesson(invocation)
    shell.desk.open = nil
    shell.files.attachments = [:]
    return list("")
  }

  private func list(_ notice: String) -> Result {
    .second(.first(LessonList(pack, shell.desk.progress, notice: notice)))
  }

  func handIn() throws(CommandFailure) -> Result {
    guard let second else {
      throw CommandFailure(
        "hand-in needs a file",
        at: invocation.name.range,
        hint: "such as `lesson hand-in ada.lessons`"
      )
    }
    do throws(FileError) {
      let writer = try shell.files.writer(
        second.text,
        kind: LessonProgress.kind,
        isForced: isForced
      )
      try writer.write(shell.desk.progress.handIn(of: pack.name))
      try writer.commit()
    } catch {
      throw CommandFailure(error, at: second.range)
    }
    return .second(
      .second(
        Commands.Lesson.HandIn(
          file: second.text,
          tasks: pack.lessons.reduce(0) { $0 + shell.desk.progress.done($1, of: pack.name) },
          points: pack.lessons.reduce(0) { $0 + shell.desk.progress.points($1, of: pack.name) },
          of: pack.points
        )
      )
    )
  }
}
