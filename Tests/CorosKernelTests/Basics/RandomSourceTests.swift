import CorosKernel
import Testing

@Suite struct RandomSourceTests {
  @Test func `the numbers are those of SplitMix64`() {
    var source = RandomSource(seed: 1_234_567)
    let numbers = (1...5).map { _ in source.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ]
    )
  }

  @Test(arguments: [1, 2, 3, 7, 10, 1_000, Int.max / 2 + 2, .max])
  func `bounded numbers are in range`(bound: Int) {
    var source = RandomSource(seed: 42)
    for _ in 1...2_000 {
      let number = source.next(below: bound)
      #expect(number >= 0 && number < bound)
    }
  }

  @Test(arguments: [2, 3, 5, 6, 10, 16])
  func `bounded numbers are equally likely`(bound: Int) {
    var source = RandomSource(seed: 7)
    let rounds = 10_000
    var counts = Array(repeating: 0, count: bound)
    for _ in 1...(rounds * bound) { counts[source.next(below: bound)] += 1 }
    // Six standard deviations of a binomial count.
    for count in counts { #expect(abs(count - rounds) < 600) }
  }

  @Test func `with a bound of two thirds of the range the top is as likely as the bottom`() {
    // Without rejection, the lower half would occur twice as often.
    let bound = Int.max / 3 * 2
    var source = RandomSource(seed: 9)
    let low = (1...10_000).count { _ in source.next(below: bound) < bound / 2 }
    #expect(abs(low - 5_000) < 300)
  }

  @Test func `equal seeds give equal sequences, and each scheduler has its own`() throws {
    let sequences = try (1...2).map { _ in
      let scheduler = Scheduler(seed: 5)
      return try (1...20).map { _ in try scheduler.perform(Random(below: 1_000)) }
    }
    #expect(sequences[0] == sequences[1])
    let other = Scheduler(seed: 6)
    #expect(try (1...20).map { _ in try other.perform(Random(below: 1_000)) } != sequences[0])
  }

  @Test(arguments: [0, -1, Int.min])
  func `a bound below 1 is refused`(bound: Int) {
    #expect(throws: SystemCallError.self) { try Scheduler().perform(Random(below: bound)) }
  }
}
