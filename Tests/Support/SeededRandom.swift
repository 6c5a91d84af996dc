import Glibc

/// Random numbers that are the same in every run of a test.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Normal with standard deviation 1 (Box and Muller).
  package mutating func normal(mean: Double) -> Double {
    mean + exponential().squareRoot() * 2.0.squareRoot() * cos(Double.random(in: 0..<2 * .pi, using: &self))
  }

  /// Exponential with mean 1.
  package mutating func exponential() -> Double { -log(1 - Double.random(in: 0..<1, using: &self)) }
}
