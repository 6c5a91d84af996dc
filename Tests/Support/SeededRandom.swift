import Base
import Glibc

/// Random numbers that are the same in every run of a test.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var generator: SplitMix64

  package init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  package mutating func next() -> UInt64 { generator.next() }

  /// Normal with standard deviation 1 (Box and Muller).
  package mutating func normal(mean: Double) -> Double {
    mean + exponential().squareRoot() * 2.0.squareRoot() * cos(Double.random(in: 0..<2 * .pi, using: &self))
  }

  /// Exponential with mean 1.
  package mutating func exponential() -> Double { -log(1 - Double.random(in: 0..<1, using: &self)) }
}
