import CorosLanguage
package import CorosSession

/// Descriptions of journeys through time.
package enum TravelWords {
  /// The length of the recorded future.
  package static func future(_ moments: Int) -> String {
    moments == 0
      ? "nothing is recorded after it" : "\(counted(moments, "step")) of recorded future ahead"
  }

  /// Why a destination cannot be reached, and the way out.
  package static func failure(_ reason: Unreachable) -> (message: String, hint: String) {
    switch reason {
    case .beginning:
      ("this is the beginning: there is no past to go back to", "`step` and `run` make a past")
    case .end:
      ("nothing is recorded beyond this step", "`step` and `run` go on")
    case .tick(let tick, let last):
      ("nothing is recorded for tick \(tick): the last is \(last)", "`run` goes on from there")
    case .bookmark(let name, let known):
      (
        "there is no bookmark '\(excerpt(of: name))'",
        Suggestion.question(for: name, among: known)
          ?? "`bookmark NAME` sets one, and `goto TICK` needs none"
      )
    case .lastStep(let tid, let now):
      ("task \(tid) has not run before tick \(now)", "`ps -a` shows which tasks have")
    case .branch(let number):
      ("there is no branch \(number)", "`branches` lists them")
    }
  }
}
