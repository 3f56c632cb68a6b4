import Foundation
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosShell

@Suite struct TranscriptTests {
  @Test(arguments: TranscriptFiles.names)
  func `the shell prints what the transcript shows`(_ name: String) throws {
    let transcript = try TranscriptFiles.load(name)
    let replayed = transcript.replayed()
    if TranscriptFiles.isRecording {
      let missing = transcript.newlyMissing(in: replayed)
      try #require(missing == [], "these commands are missing; nothing is recorded")
      try replayed.text.write(to: TranscriptFiles.url(name), atomically: true, encoding: .utf8)
      return
    }
    for (expected, found) in zip(transcript.sections, replayed.sections) {
      for (expected, found) in zip(expected.exchanges, found.exchanges) {
        #expect(found.text == expected.text)
      }
    }
    let written = try String(contentsOf: TranscriptFiles.url(name), encoding: .utf8)
    #expect(transcript.text == written, "the file is not laid out as the runner writes it")
  }

  @Test func `each command has a transcript`() {
    let missing = CommandTable.all.names.filter { !TranscriptFiles.names.contains($0) }
    #expect(missing == [])
  }

  @Test func `a missing command is not recorded as if it were intended`() {
    let transcript = Transcript(
      parsing: """
        === A section
        coros> nonesuch 1
        coros> nonesuch 2
        there is no command 'nonesuch'
        coros> echo there is no command
        there is no such thing

        """
    )
    #expect(transcript.newlyMissing(in: transcript.replayed()) == ["nonesuch 1"])
  }

  @Test(arguments: CommandTable.all.names)
  func `each command has a transcript as text and as JSON`(_ command: String) throws {
    let sections = try TranscriptFiles.load(command).sections
    for wantsJSON in [false, true] {
      let uses = sections.filter { $0.isJSON == wantsJSON }.flatMap(\.exchanges)
        .filter { $0.typed.split(separator: " ").contains(Substring(command)) }
      #expect(!uses.isEmpty, "no \(wantsJSON ? "JSON" : "text")")
    }
  }

  @Test(arguments: TranscriptFiles.names)
  func `no line ends with a blank or contains a tab`(_ name: String) throws {
    for section in try TranscriptFiles.load(name).sections {
      for exchange in section.exchanges {
        for line in exchange.printed.split(separator: "\n") {
          #expect(!line.hasSuffix(" ") && !line.contains("\t"), "\(exchange.text)")
        }
      }
    }
  }
}
