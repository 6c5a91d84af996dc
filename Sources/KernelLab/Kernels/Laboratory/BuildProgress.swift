import Base
import FoundationEssentials
import Running

/// A progress line on a terminal while a kernel compiles. It counts the lines that make has written so far.
struct BuildProgress: Sendable {
  let log: String
  /// The approximate number of lines of the whole build.
  let expected: Int
  let quiet: Bool

  /// Draws until the work is done.
  func drawn(_ work: @Sendable () async throws -> Void) async throws {
    let line = TerminalLine(quiet: quiet)
    guard line.isShown else { return try await work() }
    defer { line.clear() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await draw(on: line) }
      defer { group.cancelAll() }
      try await work()
    }
  }

  private func draw(on line: TerminalLine) async {
    let began = ContinuousClock.now
    while !Task.isCancelled {
      line.show(text(after: Double(began.duration(to: .now).components.seconds)))
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
