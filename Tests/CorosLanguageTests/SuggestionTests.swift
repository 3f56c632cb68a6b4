import CorosLanguage
import Testing

@Suite struct SuggestionTests {
  private let names = [
    "spawn", "ps", "kill", "wait", "step", "run", "stats", "set", "seed", "reset", "philosophers",
    "philosophy", "stack",
  ]

  @Test(arguments: [
    ("spwan", ["spawn"]), ("sapwn", ["spawn"]), ("spaw", ["spawn"]), ("SPAWN", ["spawn"]),
    ("kil", ["kill"]), ("kll", ["kill"]), ("waiit", ["wait"]), ("philosopher", ["philosophers"]),
    ("phil", ["philosophers", "philosophy"]), ("sp", ["ps", "spawn"]),
    ("p", ["philosophers", "philosophy", "ps"]),
    ("stat", ["stats"]), ("killall", ["kill"]), ("spawning", ["spawn"]), ("xyzzy", []), ("", []),
    ("日本", []), ("w", ["wait"]),
  ])
  func `names similar to the one typed`(typed: String, expected: [String]) {
    let found = Suggestion.nearest(to: typed, among: names)
    #expect(Array(found.prefix(expected.count)) == expected)
    #expect(found.isEmpty == expected.isEmpty)
  }

  @Test func `equally near names are in alphabetical order`() {
    #expect(Suggestion.nearest(to: "sed", among: names) == ["seed", "set"])
    #expect(Suggestion.nearest(to: "sed", among: names.reversed()) == ["seed", "set"])
  }

  @Test func `the name itself and repeated names are left out`() {
    #expect(Suggestion.nearest(to: "run", among: ["run", "ran", "ran"]) == ["ran"])
  }

  @Test func `the question contains up to three names`() {
    #expect(Suggestion.question(for: "spwan", among: names) == "did you mean `spawn`?")
    #expect(Suggestion.question(for: "sed", among: names) == "did you mean `seed` or `set`?")
    #expect(
      Suggestion.question(for: "p", among: names)
        == "did you mean `philosophers`, `philosophy` or `ps`?"
    )
    #expect(Suggestion.question(for: "xyzzy", among: names) == nil)
  }

  @Test func `very long input and names are skipped`() {
    let long = String(repeating: "s", count: 10_000_000)
    #expect(Suggestion.nearest(to: long, among: names) == [])
    #expect(Suggestion.nearest(to: "spwan", among: [long, "spawn"]) == ["spawn"])
    let marks = "s" + String(repeating: "\u{301}", count: 30)
    #expect(Suggestion.nearest(to: marks, among: names) == [])
  }
}
