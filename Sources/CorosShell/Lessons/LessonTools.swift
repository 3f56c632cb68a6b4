package import CorosKernel

/// What a bench for lessons is made with.
package struct LessonTools {
  /// The commands that lessons and hand-ins may give.
  package let commands: CommandTable
  /// The built-in programs.
  package let catalogue: Catalogue

  /// Puts the tools together.
  package init(commands: CommandTable, catalogue: Catalogue) {
    self.commands = commands
    self.catalogue = catalogue
  }
}
