import CorosKernel
import Testing

/// Policies by name.
@Suite struct PolicyChoiceTests {
  @Test(arguments: [
    ("rr", "rr quantum=1"), ("rr:quantum=3", "rr quantum=3"),
    ("mlfq:quanta=2/4/8", "mlfq quanta=2/4/8 allotments=1/1/1 boost=0 stay=no iobump=no"),
    ("procs:switch=end,wake=immediate", "procs switch=end wake=immediate"),
    ("rr:quantum=2,ties=running", "rr quantum=2"),
    ("rr:ties=arrivals", "rr quantum=1 ties=arrivals"),
    ("hrrn", "hrrn"), ("timer:every=50", "timer every=50"),
    ("pattern:order=1/1/2", "pattern order=1/1/2"),
    // Other names, in capitals or not.
    ("RR:quantum=2", "rr quantum=2"), ("FCFS", "fifo"), ("fcfs", "fifo"), ("SPN", "sjf"),
    ("SRTF", "stcf"), ("srt", "stcf"), ("PSJF", "stcf"), ("HRRN", "hrrn"), ("Fair", "fair slice=4"),
  ])
  func `a word makes a policy`(_ word: String, _ description: String) throws {
    #expect(try PolicyChoice.parse(option: word).make().description == description)
  }

  @Test(arguments: KnownPolicy.all.map(\.name))
  func `each prints as what makes it again`(_ name: String) throws {
    let known = try #require(KnownPolicy.named(name))
    let policy = try PolicyChoice.parse(option: name).make()
    let words = policy.description.split(separator: " ").map(String.init)
    #expect(words.first == name)
    let again = try PolicyChoice.parse(name: name, settings: Array(words.dropFirst()))
    #expect(again.make().description == policy.description)
    #expect(known.usage.hasPrefix(name))
  }

  @Test func `no two policies share a name, and the summary tells the others`() {
    let names = KnownPolicy.all.flatMap { [$0.name] + $0.aliases }.map { $0.lowercased() }
    #expect(Set(names).count == names.count)
    for policy in KnownPolicy.all {
      for alias in policy.aliases { #expect(policy.summary.contains(alias)) }
    }
  }

  @Test(arguments: [
    ("stfc", 0, "there is no policy 'stfc'"),
    ("rr:quantm=3", 1, "'quantm=3' is not a setting of rr; usage: rr quantum=1"),
    ("fifo:x=1", 1, "'x=1' is not a setting of fifo; fifo has none"),
    ("rr:quantum=1,quantum=2", 2, "quantum is given twice; usage: rr quantum=1"),
    (
      "rr:quantum=0", 1,
      "quantum must be a whole number from 1 to 1000000000, not '0'; for example quantum=1"
    ),
    (
      "mlfq:quanta=2/x", 1,
      "quanta must be whole numbers from 1 to 1000000000, with slashes between, not '2/x'; "
        + "for example quanta=2/4/8"
    ),
  ])
  func `a mistake names its word and the way out`(_ word: String, _ place: Int, _ text: String) {
    let error = #expect(throws: PolicyError.self) { try PolicyChoice.parse(option: word) }
    #expect(error?.word == place)
    #expect(error?.description.hasPrefix(text) == true)
  }

  @Test func `a mistake carries the names that would do`() {
    let policy = #expect(throws: PolicyError.self) { try PolicyChoice.parse(option: "xyz") }
    #expect(policy?.allowed == PolicyChoice.names)
    #expect(policy?.mistake == .unknownPolicy("xyz"))
    let setting = #expect(throws: PolicyError.self) { try PolicyChoice.parse(option: "procs:a=b") }
    #expect(setting?.allowed == ["switch", "wake"])
  }
}
