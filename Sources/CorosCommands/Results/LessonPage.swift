import CorosInsight
import CorosLanguage
import CorosLessons
import CorosSession
import CorosShell

/// A task of a lesson, as it is set.
struct LessonPage: CommandResult, ResultObject {
  let pack: LessonPack
  let lessonIndex: Int
  let taskIndex: Int
  let record: TaskRecord
  /// Whether it begins now: then the text of the lesson is told, and what has been done on the machine.
  let isBeginning: Bool

  private var lesson: Lesson { pack.lessons[lessonIndex] }
  private var task: LessonTask { lesson.tasks[taskIndex] }

  static let occasion = "With a lesson:"

  static let fields: [ResultField<Self>] = [
    .text("pack", "the lessons that it belongs to", \.pack.name),
    .text("lesson", "its name", \.lesson.name),
    .number("number", "its number, from 1") { $0.lessonIndex + 1 },
    .text("title", "its title", \.lesson.title),
    .text("text", "what it tells", \.lesson.text),
    .texts("given", "what has been done on the machine", \.given),
    .number("task", "the number of the task, from 1") { $0.taskIndex + 1 },
    .number("tasks", "how many tasks the lesson has", \.lesson.tasks.count),
    .word("kind", of: LessonTask.Kind.words, "what is to be done", \.task.kind.word),
    .text("question", "what is asked", \.question),
    .texts("choices", "what there is to choose from: a, b, c ...", \.task.choices),
    .number("worth", "the points that it is still worth") { $0.record.worth(of: $0.task.points) },
    .truth("done", "whether it is done", \.record.isPassed),
  ]

  private var given: [String] { lesson.given.commands + task.given.commands }

  /// The question, with the tree or the actions that belong to it.
  private var question: String {
    guard case .trees(let forks) = task.kind,
      let run = try? ForkRun(forks.actions, reparenting: forks.reparenting),
      let tree = run.trees.last
    else { return task.question }
    let shown = forks.isReversed ? tree.lines : [forks.actions]
    return task.question + "\n\n" + shown.map { "    \($0)\n" }.joined()
  }

  func text(in look: Look) -> String {
    var text = ""
    if isBeginning, taskIndex == 0 {
      let number = "Lesson \(lessonIndex + 1) of \(pack.lessons.count)"
      text += look.style.paint("\(number): \(lesson.title)", .heading) + "\n\n"
      if !lesson.text.isEmpty { text += lesson.text + "\n\n" }
    }
    let commands = taskIndex == 0 ? given : task.given.commands
    if isBeginning, !commands.isEmpty {
      text +=
        "Typed for you:\n\n" + commands.map { "    \(look.style.paint($0, .name))\n" }.joined()
        + "\n"
    }
    let count = lesson.tasks.count > 1 ? " \(taskIndex + 1) of \(lesson.tasks.count)" : ""
    text += look.style.paint("Task\(count)", .heading) + " (\(words))\n\n" + question + "\n"
    for (index, choice) in task.choices.enumerated() {
      text += "\(index == 0 ? "\n" : "")  \(UnicodeScalar(UInt8(0x61 + index)))  \(choice)\n"
    }
    return text + "\n" + look.style.paint(help, .faint)
  }

  private var words: String {
    record.isPassed
      ? "done" : "\(Self.title(task.kind)), \(counted(record.worth(of: task.points), "point"))"
  }

  private static func title(_ kind: LessonTask.Kind) -> String {
    switch kind {
    case .predict: "predict"
    case .breakIt: "break it"
    case .fix: "fix it"
    case .name: "name it"
    case .trees: "trees"
    }
  }

  private var help: String {
    switch task.kind {
    case .predict, .name, .trees: "`answer X` answers (\(AnswerForm(task).words)); `hint` helps."
    case .breakIt: "You are told when it is done. `hint` helps; `lesson reset` begins again."
    case .fix(let names):
      "`edit \(names[0])` or `program \(names[0]) { ... }`, then `check`; `hint` helps."
    }
  }
}
