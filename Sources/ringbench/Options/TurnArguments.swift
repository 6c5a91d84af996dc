import ArgumentParser
import Base
import Planning

/// The options of a run in turns.
struct TurnArguments: ParsableArguments {
  @Option(
    help: .init(
      "A folder with other workload executables: measures them and the usual ones in turns, and compares the two.",
      valueName: "dir"), completion: .directory)
  var against: String?

  @Option(
    help: .init(
      "The same with another environment: the baseline's workload processes get this variable. Can be repeated.",
      valueName: "name=value"))
  var againstEnvironment: [String] = []

  @Option(
    help: .init("Sessions of either side, each of --trials trials. (default: what the cells need)", valueName: "n"))
  var turns: Int?

  @Option(help: .init("With --against: the change in percent that counts. (default: 5)", valueName: "percent"))
  var threshold: Double?

  var isGiven: Bool { against != nil || !againstEnvironment.isEmpty || turns != nil || threshold != nil }

  func validate() throws {
    if let turns, turns < 1 { throw ValidationError("--turns \(turns): a whole number from 1 is needed.") }
    guard threshold ?? 0 >= 0 else { throw ValidationError("--threshold: a percentage from 0 is needed.") }
  }

  /// The other side; nil where none was asked for.
  func other() throws -> Against? {
    guard isGiven else { return nil }
    guard against != nil || !againstEnvironment.isEmpty else {
      throw RingbenchError.badInput("--turns and --threshold: need --against or --against-environment")
    }
    var environment: [String: String] = [:]
    for pair in againstEnvironment {
      guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else {
        throw RingbenchError.badInput("--against-environment \(pair): NAME=VALUE is needed")
      }
      environment[String(pair[..<sign])] = String(pair[pair.index(after: sign)...])
    }
    return Against(executables: against, environment: environment, turns: turns)
  }
}
