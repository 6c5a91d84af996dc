import Base
import Documents
import FoundationEssentials

/// Finds the noise floor: a run of the floor suite on the machine of the compared runs.
struct FloorSearch: Sendable {
  /// The path that the user gave; nil to look beside the runs.
  let path: String?

  /// - Returns: nil when no path was given and no floor is beside the runs.
  /// - Throws: `badInput` when the given run is not of the floor suite, or is of another machine.
  func floor(for runs: [RunSamples]) throws(RingbenchError) -> (path: String, floor: NoiseFloor)? {
    guard let path else { return found(runs) }
    let run = try ComparisonRequest.read(path)
    guard let floor = run.floor else {
      throw RingbenchError.badInput(
        "--floor: \(run.path) is not a run of the floor suite: make one with 'ringbench run --suite floor'")
    }
    guard Self.isSameMachine(run.host, runs) else {
      throw RingbenchError.badInput("--floor: \(run.path) is from another machine than the compared runs")
    }
    return (run.path, floor)
  }

  /// The newest folder whose name ends with `-floor` beside either run.
  private func found(_ runs: [RunSamples]) -> (path: String, floor: NoiseFloor)? {
    for folder in Set(runs.map { Paths.parent(of: Paths.parent(of: $0.path)) }).sorted() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names.filter({ $0.hasSuffix("-floor") }).sorted(by: >) {
        guard let run = try? ComparisonRequest.read("\(folder)/\(name)"), let floor = run.floor,
          Self.isSameMachine(run.host, runs)
        else { continue }
        return (run.path, floor)
      }
    }
    return nil
  }

  private static func isSameMachine(_ host: Host, _ runs: [RunSamples]) -> Bool {
    runs.allSatisfy {
      $0.host.cpuModel == host.cpuModel && $0.host.cpus == host.cpus && $0.host.machine == host.machine
        && $0.host.virtualization == host.virtualization && $0.host.deterministic == host.deterministic
    }
  }
}
