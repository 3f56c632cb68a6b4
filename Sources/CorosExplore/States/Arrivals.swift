/// The schedules that lead to a state: how many there are, and with what chance a random run is one of them.
struct Arrivals {
  /// Those on which nothing has gone wrong yet.
  var sound: Count
  var soundChance: Fraction
  /// Those on which something has.
  var broken = Count(0)
  var brokenChance = Fraction.zero

  /// Those of the state where all runs begin.
  static var start: Arrivals { Arrivals(sound: Count(1), soundChance: .one) }

  /// Counts others, too.
  mutating func add(_ other: Arrivals) {
    sound += other.sound
    soundChance = soundChance + other.soundChance
    broken += other.broken
    brokenChance = brokenChance + other.brokenChance
  }

  /// The same where something goes wrong in the state itself.
  var allBroken: Arrivals {
    Arrivals(
      sound: Count(0),
      soundChance: .zero,
      broken: broken + sound,
      brokenChance: brokenChance + soundChance
    )
  }

  /// Those of a state to which one of several steps leads.
  func after(oneOf steps: Int) -> Arrivals {
    let part = Fraction.one(of: steps)
    return Arrivals(
      sound: sound,
      soundChance: soundChance * part,
      broken: broken,
      brokenChance: brokenChance * part
    )
  }
}
