/// The modules, and the folders of each, from the lowest to the highest.
///
/// A module imports only modules above it in this list, and only those among its `imports`. A file names only
/// what its own folder or an earlier one declares.
struct Architecture {
  struct Module {
    let name: String
    /// The modules of this package that it may import.
    var imports: [String] = []
    /// The other modules; a file name in parentheses restricts the import to that file.
    var foreign: [String] = []
    /// The folders in order; an empty name stands for the files outside folders.
    var folders: [String] = [""]
  }

  let modules: [Module]

  func module(_ name: String) -> Module? { modules.first { $0.name == name } }

  /// The modules reachable through its imports, without itself.
  func reach(of name: String) -> Set<String> {
    var reached: Set<String> = []
    var waiting = module(name)?.imports ?? []
    while let next = waiting.popLast() {
      if reached.insert(next).inserted { waiting += module(next)?.imports ?? [] }
    }
    return reached
  }
}
