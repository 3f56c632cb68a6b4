package import CorosExplore
import CorosLanguage

/// What a file of results belongs to: only results of the same exploration of the same machine are added up.
package struct ExplorationHeader: Equatable, Sendable {
  /// The version of the program: another one may take other steps.
  package let version: String
  /// A number made of all that led to the present moment.
  package let digest: String
  /// The words of the command, without those that may differ from shard to shard.
  package let words: [String]
  package let shard: Shard
  /// Into how many portions the shard is divided.
  package let portions: Int
  /// Numbers made of the events of ten random runs, in which whatever makes two processes differ shows.
  package let witnesses: [String]

  private static let format = 1

  var json: JSON {
    [
      "explore": .int(Self.format), "version": .string(version), "digest": .string(digest),
      "words": .array(words.map { .string($0) }),
      "shard": .array([.int(shard.number), .int(shard.count)]), "portions": .int(portions),
      "witnesses": .array(witnesses.map { .string($0) }),
    ]
  }

  package init(
    version: String,
    digest: String,
    words: [String],
    shard: Shard,
    portions: Int,
    witnesses: [String]
  ) {
    self.version = version
    self.digest = digest
    self.words = words
    self.shard = shard
    self.portions = portions
    self.witnesses = witnesses
  }

  init(_ json: JSON?) throws(ExplorationFileError) {
    guard let json, let format = json["explore"]?.number else {
      throw ExplorationFileError("this is not a result of `explore --out`", line: 1)
    }
    guard format == Self.format else {
      throw ExplorationFileError(
        "these results are of format \(format), and this version reads format \(Self.format)",
        line: 1
      )
    }
    guard let version = json["version"]?.word, let digest = json["digest"]?.word,
      let words = json["words"]?.words, let shard = json["shard"]?.numbers, shard.count == 2,
      shard[0] >= 1, shard[0] <= shard[1], let portions = json["portions"]?.number, portions > 0,
      let witnesses = json["witnesses"]?.words
    else { throw ExplorationFileError("the first line of the results is damaged", line: 1) }
    self.version = version
    self.digest = digest
    self.words = words
    self.shard = Shard(shard[0], of: shard[1])
    self.portions = portions
    self.witnesses = witnesses
  }

  /// The header of the same exploration in one portion.
  var undivided: ExplorationHeader { with(words, portions: 1) }

  /// The same in one portion where another one is: classes may turn out not to be divisible.
  package func divided(like other: ExplorationHeader) -> ExplorationHeader {
    other.portions == 1 ? undivided : self
  }

  /// The header of an exploration that was asked for in other words.
  func with(_ words: [String], portions: Int) -> ExplorationHeader {
    ExplorationHeader(
      version: version,
      digest: digest,
      words: words,
      shard: shard,
      portions: portions,
      witnesses: witnesses
    )
  }

  /// Why results with another header cannot be added to these; nil if they can.
  package func difference(from other: ExplorationHeader) -> String? {
    if version != other.version {
      return "made by coros \(version), not \(other.version)"
    }
    if digest != other.digest { return "something else was done on the machine before" }
    if shard.count != other.shard.count {
      return "one of \(counted(shard.count, "shard")), not of \(other.shard.count)"
    }
    if words != other.words {
      func typed(_ words: [String]) -> String {
        excerpt(of: (["explore"] + words.map(quoted)).joined(separator: " "), limit: 200)
      }
      return "made by `\(typed(words))`, not by `\(typed(other.words))`"
    }
    if portions != other.portions {
      return "divided into \(counted(portions, "portion")), not into \(other.portions)"
    }
    if witnesses != other.witnesses {
      return "the same schedules went otherwise there: "
        + "something beside the kernel decides what a task does"
    }
    return nil
  }
}

/// Why a file of results cannot be used.
package struct ExplorationFileError: Error, Equatable {
  package let message: String
  /// The line that is wrong, from 1; nil when it is the whole file.
  package let line: Int?

  package init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }
}
