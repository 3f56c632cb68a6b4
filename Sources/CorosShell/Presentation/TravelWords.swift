import CorosLanguage

/// How journeys through time are said.
enum TravelWords {
  /// How much recorded future lies ahead.
  static func future(_ moments: Int) -> String {
    moments == 0
      ? "nothing is recorded beyond it" : "\(counted(moments, "step")) of recorded future ahead"
  }
}
