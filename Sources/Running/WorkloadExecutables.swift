package import Base
package import Documents
import FoundationEssentials
import Glibc
import Vocabulary

/// Where the workload executables are: next to the running `ringbench`, or in the folder that
/// `RINGBENCH_LIBEXEC` names.
package struct WorkloadExecutables: Sendable {
  package let folder: String

  /// Finds the folder, and checks that it has the executable of every cell.
  ///
  /// - Parameter folder: where they are; nil for the usual place.
  package init(for plan: RunPlan, in folder: String? = nil) throws(RingbenchError) {
    try self.init(names: plan.cells.map(\.cell.executableName), in: folder)
  }

  /// Finds the folder, and checks that it has these executables.
  package init(names: [String], in folder: String? = nil) throws(RingbenchError) {
    self.folder = folder ?? ProcessInfo.processInfo.environment["RINGBENCH_LIBEXEC"] ?? Self.ownFolder
    for name in Set(names).sorted() {
      let path = path(of: name)
      guard access(path, X_OK) == 0 else {
        let right =
          folder.map { "--against \($0): a folder with workload executables is needed" }
          ?? "it is needed next to ringbench, or in the folder that RINGBENCH_LIBEXEC names"
        throw RingbenchError.badInput("\(path): no such executable: \(right)")
      }
    }
  }

  func path(for cell: Cell) -> String { path(of: cell.executableName) }

  func path(of name: String) -> String { folder + "/" + name }

  private static var ownFolder: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    // A process that runs before /proc is mounted, as in an initramfs, was started by its path.
    let own = link ?? CommandLine.arguments[0]
    return Paths.parent(of: own)
  }
}
