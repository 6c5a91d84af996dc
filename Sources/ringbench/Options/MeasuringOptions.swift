import ArgumentParser
import Base
import Planning
import Vocabulary

/// The options that say how cells are measured.
struct MeasuringOptions: ParsableArguments {
  @Option(help: .init("Trials of each cell, from 1. (default: the suite's)", valueName: "n"), transform: positive)
  var trials: Int?

  @Option(
    help: .init(
      "Stops after a block once half the 95 % interval of every cell's median is at most this percentage of it. (default: never)",
      valueName: "percent"),
    transform: percentage)
  var precision: Double?

  @Option(
    help: .init("Timed rounds of a trial, 1 to \(TrialLength.maximumRounds). (default: the suite's)", valueName: "n"),
    transform: roundCount)
  var rounds: Int?

  @Option(
    help: .init(
      "Seconds of a trial, instead of rounds: above 0, at most a day. (default: the suite's)", valueName: "seconds"),
    transform: seconds)
  var duration: Double?

  @Option(
    help: .init("Determines the order of the trials: a whole number from 0. (default: random)", valueName: "n"),
    transform: number)
  var seed: UInt64?

  @Option(help: .init("A name for the run, such as a commit: 'ringbench report' shows it.", valueName: "text"))
  var label: String?

  @Option(
    help: .init("Where file workloads keep their file. (default: the temporary folder)", valueName: "dir"),
    completion: .directory)
  var directory: String?

  @Option(
    help: .init("Kills a trial that takes this much longer than its duration. (default: 60)", valueName: "seconds"),
    transform: seconds)
  var trialTimeout: Double?

  /// Whether any of them was given.
  var isGiven: Bool {
    trials != nil || precision != nil || rounds != nil || duration != nil || seed != nil || directory != nil
      || trialTimeout != nil || label != nil
  }

  func validate() throws {
    guard rounds == nil || duration == nil else {
      throw ValidationError("--rounds with --duration: a trial has one or the other.")
    }
  }

  func apply(to options: inout RunOptions) {
    options.trials = trials
    options.length = rounds.map(TrialLength.rounds) ?? duration.map(TrialLength.duration)
    options.seed = seed
    options.precision = precision
    options.directory = directory
    options.label = label
    if let trialTimeout { options.trialTimeout = trialTimeout }
  }

  @Sendable private static func positive(_ text: String) throws -> Int {
    guard let count = Count.positive(text) else { throw RingbenchError.badInput("a whole number from 1 is needed") }
    return count
  }

  @Sendable private static func percentage(_ text: String) throws -> Double {
    guard let percent = Double(text), percent > 0, percent.isFinite else {
      throw RingbenchError.badInput("a percentage above 0 is needed")
    }
    return percent
  }

  @Sendable private static func roundCount(_ text: String) throws -> Int {
    guard let count = Count.rounds(text) else { throw RingbenchError.badInput("\(Count.rightRounds) is needed") }
    return count
  }

  @Sendable private static func number(_ text: String) throws -> UInt64 {
    guard let number = UInt64(text) else { throw RingbenchError.badInput("a whole number from 0 is needed") }
    return number
  }

  @Sendable private static func seconds(_ text: String) throws -> Double {
    guard let seconds = Count.seconds(text) else {
      throw RingbenchError.badInput("a number of seconds above 0, at most a day, is needed")
    }
    return seconds
  }
}
