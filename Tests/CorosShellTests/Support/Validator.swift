import Foundation
import Testing

/// Programs that read our files, and share no code with the writers.
enum Validator {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Validators")

  /// Lets one of the scripts in `Validators` read a file, and returns its report.
  ///
  /// Python is required: without it these tests fail rather than being skipped.
  static func read(_ file: String, by script: String) throws -> [String: Any] {
    let (status, output) = try run(["python3", folder.appending(path: script).path, file])
    try #require(status == 0, "\(script): \(output)")
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }

  /// Runs a program from the path, and returns its status and all its output.
  static func run(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  static var hasGraphviz: Bool { (try? run(["dot", "-V"]).status) == 0 }
}
