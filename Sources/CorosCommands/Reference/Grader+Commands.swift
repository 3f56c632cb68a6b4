package import CorosKernel
package import CorosLessons
package import CorosShell

extension Grader {
  /// Prepares to grade hand-ins that may give all commands.
  ///
  /// - Parameters:
  ///   - pack: The lessons.
  ///   - catalogue: The built-in programs.
  ///   - interrupted: Whether the person has pressed Ctrl-C.
  package init(_ pack: LessonPack, _ catalogue: Catalogue, interrupted: @escaping () -> Bool) {
    let tools = LessonTools(commands: .all, catalogue: catalogue)
    self.init(pack, tools, interrupted: interrupted)
  }
}
