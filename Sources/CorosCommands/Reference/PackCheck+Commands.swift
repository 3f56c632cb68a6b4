package import CorosKernel
package import CorosShell

extension PackCheck {
  /// Prepares to check lessons that may give all commands.
  ///
  /// - Parameters:
  ///   - catalogue: The built-in programs.
  ///   - interrupted: Whether the person has pressed Ctrl-C.
  package init(_ catalogue: Catalogue, interrupted: @escaping () -> Bool) {
    self.init(LessonTools(commands: .all, catalogue: catalogue), interrupted: interrupted)
  }
}
