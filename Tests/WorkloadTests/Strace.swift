import FoundationEssentials
import TestSupport

/// A second opinion on what a program asks of the kernel, and a way to make the kernel refuse.
enum Strace {
  /// Whether strace is installed and may trace. Containers may forbid it.
  static func works() async -> Bool {
    let command = tracing(["trace=exit_group"], into: "/dev/null")
    return (try? await Workload.run("ringbench-socket", ["--help"], under: command))?.status == 0
  }

  /// Stops the program and its children at these calls only.
  static func tracing(_ expressions: [String], into file: String) -> [String] {
    ["/usr/bin/strace", "-f", "--seccomp-bpf"] + expressions.flatMap { ["-e", $0] } + ["-o", file]
  }

  /// Makes every call fail, or those from the `first` on.
  static func refusing(_ call: String, _ errno: String, from first: Int = 1) -> [String] {
    tracing(["trace=\(call)", "inject=\(call):error=\(errno):when=\(first)+"], into: "/dev/null")
  }

  /// Counts calls.
  static func counting(_ call: String, into file: String) -> [String] {
    tracing(["trace=\(call)"], into: file) + ["-c"]
  }

  /// Reads the `calls` column of a summary.
  static func calls(of name: String, in file: String) -> Int? {
    guard let data = try? Data(contentsOf: URL(filePath: file)) else { return nil }
    let rows = String(decoding: data, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
    guard let row = rows.first(where: { $0.last == Substring(name) }), row.count > 3 else { return nil }
    return Int(row[3])
  }
}
