import Documents
import Vocabulary

/// What differs between two runs besides their numbers.
struct RunDifferences: Sendable {
  private let baseline: RunSamples
  private let new: RunSamples

  init(_ baseline: RunSamples, _ new: RunSamples) {
    self.baseline = baseline
    self.new = new
  }

  /// Whether the syscall probe executes the same instructions on both hosts.
  static func isSameKernel(_ one: Host, _ other: Host) -> Bool {
    one.kernelRelease == other.kernelRelease && one.kernelVersion == other.kernelVersion
      && one.kernelCommandLine == other.kernelCommandLine && one.mitigations == other.mitigations
  }

  var warnings: [ComparisonWarning] {
    let (old, now) = (baseline.host, new.host)
    let machines = [old, now].map { "\($0.cpuModel), \($0.cpus) CPUs, \($0.machine), \($0.virtualization)" }
    let kernels = [old, now].map { "\($0.kernelRelease) \($0.kernelVersion)" }
    let extensions = [old, now].map { $0.kernelManagedExtension ?? "none" }
    let kinds = [old, now].map { $0.deterministic ? "deterministic" : "on a host" }
    let tools = Self.isOneBuild(baseline.tool, new.tool) ? ["", ""] : [baseline, new].map { $0.tool.text }
    let options = [baseline, new].map(Self.options)
    let found = [
      difference(.host, "machines", machines), difference(.kernel, "kernels", kernels),
      difference(.kernelManagedExtension, "extensions to kernel-managed rings", extensions),
      difference(.liburing, "liburing versions", [old, now].map(\.liburingVersion)),
      difference(.tool, "builds of ringbench", tools), difference(.deterministic, "kinds of runs", kinds),
      difference(.options, "options", options),
      old.mitigations == now.mitigations
        ? nil : ComparisonWarning(kind: .mitigations, message: "different mitigations of CPU vulnerabilities"),
    ]
    return found.compactMap { $0 } + Self.ofOne(baseline) + (baseline.path == new.path ? [] : Self.ofOne(new))
  }

  /// Whether nothing that both documents say of their tool differs. Older documents say less.
  private static func isOneBuild(_ one: Tool, _ other: Tool) -> Bool {
    func agree<Value: Equatable>(_ fact: KeyPath<Tool, Value?>) -> Bool {
      guard let a = one[keyPath: fact], let b = other[keyPath: fact] else { return true }
      return a == b
    }
    return one.name == other.name && one.version == other.version && agree(\.commit) && agree(\.modified)
      && agree(\.swift) && agree(\.configuration)
  }

  private func difference(_ kind: ComparisonWarning.Kind, _ name: String, _ values: [String]) -> ComparisonWarning? {
    guard values[0] != values[1] else { return nil }
    return ComparisonWarning(kind: kind, message: "different \(name): '\(values[0])' and '\(values[1])'")
  }

  /// The command without the program, and without options that don't change a cell's numbers. A side of `vm compare` is
  /// measured as by `vm run`.
  private static func options(_ run: RunSamples) -> String {
    let ignored: Set = [
      "--output", "--seed", "--kernel", "--timeout", "--label", "--status", "--threshold", "--jobs",
    ]
    var (words, skipsNext) = ([String](), false)
    for word in run.command.dropFirst() {
      defer { skipsNext = ignored.contains(word) }
      let isIgnored =
        skipsNext || ignored.contains(String(word.prefix { $0 != "=" })) || ["--quiet", "--details"].contains(word)
      if !isIgnored { words.append(word) }
    }
    if words.starts(with: ["vm", "compare"]) { words[1] = "run" }
    return words.joined(separator: " ")
  }

  /// The warnings about a single run.
  static func ofOne(_ run: RunSamples) -> [ComparisonWarning] {
    var warnings: [ComparisonWarning] = []
    if run.finished == nil {
      warnings.append(ComparisonWarning(kind: .interrupted, message: "\(run.path): the run was interrupted"))
    }
    let (all, disturbed) = run.cells.reduce((0, 0)) { ($0.0 + $1.trials, $0.1 + $1.disturbed) }
    if all > 0, disturbed * 4 > all {
      let text = "\(run.path): \(disturbed) of \(all) trials were disturbed by the machine"
      warnings.append(ComparisonWarning(kind: .disturbed, message: text))
    }
    return warnings
  }
}

/// Which cells two runs don't share, and which have lost their numbers in the new run.
struct CellDifferences: Sendable {
  private let old: [Cell: CellStatus]
  private let now: [Cell: CellStatus]

  init(_ baseline: RunSamples, _ new: RunSamples) {
    old = Dictionary(baseline.cells.map { ($0.cell, $0.status) }) { first, _ in first }
    now = Dictionary(new.cells.map { ($0.cell, $0.status) }) { first, _ in first }
  }

  var warnings: [ComparisonWarning] {
    var warnings: [ComparisonWarning] = []
    let (gone, added) = (old.keys.count { now[$0] == nil }, now.keys.count { old[$0] == nil })
    if gone + added > 0 {
      let text = "different cells: \(gone) are in the baseline alone, and \(added) in the new run alone"
      warnings.append(ComparisonWarning(kind: .cells, message: text))
    }
    let lost = old.filter { $0.value == .ok && (now[$0.key] ?? .ok) != .ok }.keys.map(\.id).sorted()
    if let first = lost.first {
      let text =
        "\(Plural.text(lost.count, "cell", "cells")) with numbers in the baseline have none in the new run: \(first)"
      warnings.append(ComparisonWarning(kind: .lost, message: lost.count > 1 ? text + " and others" : text))
    }
    return warnings
  }
}
