import Driver
import FoundationEssentials
import Results

/// The executables of a guest: `ringbench` as `/init`, and beside it what the plan's cells need.
struct GuestExecutables: Sendable {
  /// Paths on the host, by their names in the guest.
  let files: [(name: String, path: String)]

  /// - Throws: `InputError` when one is missing or not linked statically.
  init(for plan: RunPlan) throws(InputError) {
    let folder = try WorkloadExecutables(for: plan).folder
    let names = Set(plan.cells.map(\.cell.executableName)).sorted()
    files = [("init", try Self.initPath(folder))] + names.map { ($0, "\(folder)/\($0)") }
    for (_, path) in files where !Self.isStatic(path) {
      throw InputError("\(path): is linked dynamically, and a guest has no libraries: build it with scripts/build")
    }
  }

  /// This program itself, or the one beside the workload executables.
  private static func initPath(_ folder: String) throws(InputError) -> String {
    let path = folder + "/ringbench"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw InputError("\(path): no such executable: it is needed beside the workload executables")
    }
    return path
  }

  /// Whether no program interpreter is asked for, elf(5).
  private static func isStatic(_ path: String) -> Bool {
    guard let head = FileHead.read(path, count: 4096) else { return false }
    return !String(decoding: head, as: UTF8.self).contains("/ld-linux")
  }
}
