import Testing

@testable import CorosIO

/// Lines of recordings, which are read as they were written.
@Suite struct TapeEntryTests {
  @Test(arguments: [
    "- limit - count 936", "- listen 127.0.0.1:8080 opened 1 stream 127.0.0.1:8080",
    "- open /dev/null opened 2 file /dev/null", "- append a%20b failed 13",
    "- connect /tmp/s opened 3 stream /tmp/s", "h1 accept - again",
    "h2 receive 16384 bytes hello%0A", "h2 receive 16384 end",
    "h2 send 5:a430d84680aabd0b count 5", "h2 finish - done", "h2 shutdown - done",
    // No machine of this version writes these; they are kept as they are all the same.
    "h2 receive 007 end", "h2 send 5:00ff count 5", "h2 send 5 count 5", "h2 send 5:FF count 5",
    "h2 limit 3 done", "h2 sing loud done",
  ])
  func `a line is read and written again`(_ line: String) throws {
    let entry = try #require(TapeEntry(line))
    #expect(entry.description == line)
    #expect(entry == TapeEntry(line))
  }

  @Test func `lines that differ in a word are not equal`() throws {
    let entry = try #require(TapeEntry("h2 send 5:ff count 5"))
    #expect(entry.verb == "send" && entry.argument == "5:ff" && entry.handle == 2)
    for other in ["h3 send 5:ff count 5", "h2 send 6:ff count 5", "h2 send 5:fe count 5"] {
      #expect(TapeEntry(other) != entry)
    }
    #expect(TapeEntry("h2 send 5:00ff count 5") != entry)
    #expect(TapeEntry("h2 send 5:ff count 4") != entry)
  }
}
