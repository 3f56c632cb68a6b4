import CorosTestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The package as text: its Swift files, split into tokens, and its pages.
struct SourceTree {
  let root: String
  /// Sorted by path.
  let files: [SourceFile]

  /// Reads the Swift files in some folders.
  init(root: String, folders: [String] = ["Sources", "Tests", "Fuzz", "Benchmarks", "Examples"]) {
    self.root = root
    files = folders.flatMap { Self.paths(in: root, below: $0) }
      .filter { $0.hasSuffix(".swift") }
      .map { SourceFile(path: $0, text: Disk.text(of: root + "/" + $0) ?? "") }
  }

  /// A tree of files that are not on disk, for tests of the rules.
  init(_ texts: [String: String]) {
    root = ""
    files = texts.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
  }

  /// The files of a module.
  func files(of module: String) -> [SourceFile] {
    files.filter { $0.path.hasPrefix("Sources/\(module)/") }
  }

  /// The folders of a module with Swift files, sorted; an empty name stands for the module's own folder.
  func folders(of module: String) -> [String] {
    Set(files(of: module).map(\.folder)).sorted()
  }

  /// The text of a file that is not Swift; nil if it does not exist.
  func text(_ path: String) -> String? { Disk.text(of: root + "/" + path) }

  /// Whether the file or folder exists.
  func exists(_ path: String) -> Bool { access(root + "/" + path, F_OK) == 0 }

  /// The names in a folder, sorted.
  func names(in folder: String) -> [String] { Disk.names(in: root + "/" + folder) }

  /// The texts of the files in some folders, by path.
  static func texts(in root: String) -> [String: String] {
    let files = ["Sources", "Tests", "scripts"].flatMap { paths(in: root, below: $0) }
    return Dictionary(
      uniqueKeysWithValues: files.map { ($0, Disk.text(of: root + "/" + $0) ?? "") }
    )
  }

  private static func paths(in root: String, below folder: String) -> [String] {
    Disk.names(in: root + "/" + folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      let path = folder + "/" + name
      let isFolder = !Disk.names(in: root + "/" + path).isEmpty
      return isFolder ? paths(in: root, below: path) : [path]
    }
  }
}
