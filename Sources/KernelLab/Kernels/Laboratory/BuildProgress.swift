import Base
import FoundationEssentials
import Running

/// Progress while a kernel compiles. It counts the lines that make has written so far.
struct BuildProgress: Sendable {
  let log: String
  /// The approximate number of lines of the whole build.
  let expected: Int
  let quiet: Bool

  /// Draws until the work is done.
  func drawn(_ work: @Sendable () async throws -> Void) async throws {
    let output = ProgressOutput(quiet: quiet)
    guard output.kind != .none else { return try await work() }
    defer { output.clear() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await draw(on: output) }
      defer { group.cancelAll() }
      try await work()
    }
  }

  private func draw(on output: ProgressOutput) async {
    let began = ContinuousClock.now
    while !Task.isCancelled {
      let seconds = Double(began.duration(to: .now).components.seconds)
      output.show({ _ in text(after: seconds) }, plain: { text(after: seconds) })
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func text(after seconds: Double) -> String {
    let done = (FileManager.default.contents(atPath: log) ?? Data()).count { $0 == UInt8(ascii: "\n") }
    let share = min(Double(done) / Double(expected), 0.99)
    let left = done > 20 ? ProgressLine.time(seconds / share * (1 - share)) : "?"
    return "compiling the kernel: \(Int(share * 100)) % \(ProgressLine.time(seconds)) ETA \(left)"
  }
}
