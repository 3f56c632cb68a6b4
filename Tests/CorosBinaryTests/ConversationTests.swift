import Foundation
import Testing

/// A program that drives the shell through pipes, command by command.
@Suite struct ConversationTests {
  @Test func `each command is answered before the next is sent`() throws {
    let shell = Process()
    let (commands, answers) = (Pipe(), Pipe())
    shell.executableURL = URL(filePath: corosProgram)
    shell.arguments = ["--json"]
    shell.standardInput = commands
    shell.standardOutput = answers
    try shell.run()
    defer { shell.waitUntilExit() }

    for (command, answer) in [
      ("spawn count 1", "{\"command\":\"spawn\",\"tid\":1,\"program\":\"count\"}\n"),
      ("echo a b", "{\"command\":\"echo\",\"text\":\"a b\"}\n"),
      ("policy", "{\"command\":\"policy\",\"policy\":\"rr quantum=1\"}\n"),
    ] {
      commands.fileHandleForWriting.write(Data((command + "\n").utf8))
      var descriptor = pollfd(
        fd: answers.fileHandleForReading.fileDescriptor,
        events: Int16(POLLIN),
        revents: 0
      )
      let safetyNet: Int32 = 30_000
      guard poll(&descriptor, 1, safetyNet) == 1 else {
        Issue.record("no answer to `\(command)`")
        break
      }
      let data = answers.fileHandleForReading.availableData
      #expect(String(decoding: data, as: UTF8.self) == answer)
    }
    try commands.fileHandleForWriting.close()
  }
}
