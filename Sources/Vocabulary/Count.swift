/// Numbers as users write them.
package enum Count {
  /// A whole number from 1, in digits only.
  package static func positive(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(text), count > 0 else { return nil }
    return count
  }

  /// Rounds of a trial.
  package static func rounds(_ text: String) -> Int? {
    positive(text).flatMap { $0 <= TrialLength.maximumRounds ? $0 : nil }
  }

  /// What is needed where `rounds` returns nil.
  package static let rightRounds = "a whole number from 1 to \(TrialLength.maximumRounds)"

  /// Seconds above 0, with or without decimals, at most a day.
  package static func seconds(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
      let seconds = Double(text), seconds > 0, seconds <= TrialLength.maximumSeconds
    else { return nil }
    return seconds
  }
}
