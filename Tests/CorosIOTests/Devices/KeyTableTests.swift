import CorosKernel
import Testing

@testable import CorosIO

@Suite struct KeyTableTests {
  @Test(arguments: 0..<12)
  func `it holds what a dictionary holds`(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    var table = KeyTable<Int>()
    var model: [Int: Int] = [:]
    // Numbers in a row, far apart, and all with the same end: few, so that places are free and taken again.
    let step = [1, 1_000_003, 1 << 32][Int(seed % 3)]
    for number in 0..<4_000 {
      let key = (1 + random.next(below: 200)) * step
      switch random.next(below: 4) {
      case 0:
        #expect(table.removeValue(forKey: key) == model.removeValue(forKey: key))
      case 1:
        table[key] = nil
        model[key] = nil
      default:
        table[key] = number
        model[key] = number
      }
      #expect(table.count == model.count && table.isEmpty == model.isEmpty)
    }
    for key in 0...200 { #expect(table[key * step] == model[key * step]) }
    #expect(table.keys.sorted() == model.keys.sorted())
    #expect(table.values.sorted() == model.values.sorted())
  }

  @Test func `a copy goes its own way`() {
    var table = KeyTable<String>()
    table[1] = "one"
    var copy = table
    copy[1] = nil
    copy[2] = "two"
    #expect(table[1] == "one" && table[2] == nil)
    #expect(copy[1] == nil && copy[2] == "two")
  }
}
