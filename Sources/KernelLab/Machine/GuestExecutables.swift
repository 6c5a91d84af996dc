import Base
import Documents
import FoundationEssentials
import Running
import Vocabulary

/// The executables of a guest: `ringbench` as `/init`, and either the executables of the plan's cells or one program.
struct GuestExecutables: Sendable {
  /// Names in the guest and paths on the host. The cache keeps them packed for the next machine.
  let files: [(name: String, path: String)]
  /// The path on the host of the program to run.
  var program: String?

  /// The program's folder in the guest.
  static let programFolder = "/program"

  /// - Throws: `badInput` when one is missing or not linked statically.
  init(for plan: RunPlan) throws(RingbenchError) {
    try self.init(names: Set(plan.cells.map(\.cell.executableName)).sorted())
  }

  private init(names: [String]) throws(RingbenchError) {
    let folder = try WorkloadExecutables(names: names).folder
    files = [("init", try Self.initPath(folder))] + names.map { ($0, "\(folder)/\($0)") }
    for (_, path) in files where !Self.isStatic(path) { throw Self.dynamic(path, "build it with scripts/build") }
  }

  /// All executables, whatever is measured: what a guest's memory holds must not depend on the cell.
  ///
  /// - Throws: `badInput` when one is missing or not linked statically.
  static func all() throws(RingbenchError) -> GuestExecutables {
    let names = WorkloadKind.allCases.map(\.executableName) + [Cell.referenceExecutable]
    return try GuestExecutables(names: names)
  }

  /// - Throws: `badInput` when the program or `ringbench` is missing, or not linked statically.
  init(program path: String) throws(RingbenchError) {
    let own = try Self.initPath(try WorkloadExecutables(names: []).folder)
    files = [("init", own)]
    program = path
    guard Self.isStatic(own) else { throw Self.dynamic(own, "use the ringbench of scripts/build") }
    guard let head = FileHead.read(path, count: 4), FileManager.default.isExecutableFile(atPath: path) else {
      throw RingbenchError.badInput("\(path): no such program, or it can't be executed")
    }
    guard head.elementsEqual(Array("\u{7F}ELF".utf8)) else {
      throw RingbenchError.badInput("\(path): is not an ELF executable, and a guest has no interpreter for other files")
    }
    guard Self.isStatic(path) else { throw Self.dynamic(path, "link it with -static") }
  }

  /// The program's path in the guest.
  var programPath: String? {
    program.map { "\(Self.programFolder)/\(Paths.name(of: $0))" }
  }

  private static func dynamic(_ path: String, _ remedy: String) -> RingbenchError {
    RingbenchError.badInput("\(path): is linked dynamically, and a guest has no libraries: \(remedy)")
  }

  /// The `ringbench` beside the workload executables, which may be this program.
  private static func initPath(_ folder: String) throws(RingbenchError) -> String {
    let path = folder + "/ringbench"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw RingbenchError.badInput("\(path): no such executable: it is needed beside the workload executables")
    }
    return path
  }

  /// Whether the file asks for no program interpreter, elf(5).
  private static func isStatic(_ path: String) -> Bool {
    guard let head = FileHead.read(path, count: 4096) else { return false }
    return !String(decoding: head, as: UTF8.self).contains("/ld-linux")
  }
}
