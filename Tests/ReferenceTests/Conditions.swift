import Documents
import Foundation
import Vocabulary

/// What the running kernel does, found by trying it.
enum Kernel {
  static func runs(_ cell: Cell) -> Bool {
    (try? ReferenceExecutable.measure(cell, rounds: 1))?.status == .ok
  }
}

/// A second opinion on how many system calls were made.
enum Strace {
  /// Whether strace is installed and may trace. Containers may forbid it.
  static let works: Bool = {
    let nowhere = URL(fileURLWithPath: "/dev/null")
    return (try? ReferenceExecutable.run(["--help"], under: counting("exit_group", into: nowhere)))?.status == 0
  }()

  /// Stops the program at these calls only: without `--seccomp-bpf` every `write` of a message would cost two stops.
  static func counting(_ call: String, into file: URL) -> [String] {
    ["strace", "-f", "--seccomp-bpf", "-c", "-e", "trace=\(call)", "-o", file.path]
  }

  /// Reads the `calls` column of a summary.
  static func calls(of name: String, in file: URL) -> Int? {
    guard let summary = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let rows = summary.split(separator: "\n").map { $0.split(separator: " ") }
    guard let row = rows.first(where: { $0.last == Substring(name) }), row.count > 3 else { return nil }
    return Int(row[3])
  }
}
