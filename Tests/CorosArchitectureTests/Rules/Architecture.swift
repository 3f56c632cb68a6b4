/// The modules, and within each the folders, from the lowest to the highest.
///
/// A module imports only modules above it in this list, and of those only its `imports`. A file names only
/// what is declared in its own folder, or in one that stands before it.
struct Architecture {
  struct Module {
    let name: String
    /// Which of our modules it may import.
    var imports: [String] = []
    /// Which others; a file's name in parentheses allows it to that file alone.
    var foreign: [String] = []
    /// In order; an empty name stands for the files beside the folders.
    var folders: [String] = [""]
  }

  let modules: [Module]

  func module(_ name: String) -> Module? { modules.first { $0.name == name } }

  /// The modules that one reaches through its imports, itself not included.
  func reach(of name: String) -> Set<String> {
    var reached: Set<String> = []
    var waiting = module(name)?.imports ?? []
    while let next = waiting.popLast() {
      if reached.insert(next).inserted { waiting += module(next)?.imports ?? [] }
    }
    return reached
  }
}
