/// How long one trial measures.
package enum TrialLength: Codable, Hashable, Sendable {
  /// A number of timed rounds.
  case rounds(Int)
  /// Seconds of measuring.
  case duration(Double)

  /// The most rounds. Message counts then fit 64 bits even with the largest batches.
  package static let maximumRounds = 1_000_000_000

  /// The most seconds: a day.
  package static let maximumSeconds = 86_400.0

  /// The options that make a workload executable measure that long.
  package var arguments: [String] {
    switch self {
    case .rounds(let rounds): ["--rounds", "\(rounds)"]
    case .duration(let seconds): ["--duration", "\(seconds)"]
    }
  }

  private enum CodingKeys: String, CodingKey {
    case rounds
    case duration = "duration_seconds"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let rounds = try container.decodeIfPresent(Int.self, forKey: .rounds) {
      self = .rounds(rounds)
    } else {
      self = .duration(try container.decode(Double.self, forKey: .duration))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .rounds(let rounds): try container.encode(rounds, forKey: .rounds)
    case .duration(let seconds): try container.encode(seconds, forKey: .duration)
    }
  }
}
