import Base
import FoundationEssentials

/// The patches for one base, in the order of their names, and the callers of buffer selection that they know.
struct KernelSeries: Sendable {
  /// A patch that does not fit a source.
  struct Misfit: Error {
    /// The patch, and the file and hunk that it fails in.
    let message: String
  }

  /// `Kernel/series/NAME`.
  let folder: String

  var patches: [String] { Files.names(in: folder).filter { $0.hasSuffix(".patch") } }
  /// The file that says where the kernel calls `io_buffer_select()`, see `SelectionCallers`.
  var callers: String { folder + "/callers" }

  /// Applies all patches, each exactly as it was written: a hunk may be at another line, in the same surroundings.
  ///
  /// - Throws: `Misfit`.
  func apply(to tree: String) async throws {
    for patch in patches { try await run(patch, in: tree) }
  }

  /// Takes all patches back.
  func revert(in tree: String) async throws {
    for patch in patches.reversed() { try await run(patch, ["--reverse"], in: tree) }
  }

  private func run(_ patch: String, _ options: [String] = [], in tree: String) async throws {
    let log = tree + "/patch.log"
    defer { try? FileManager.default.removeItem(atPath: log) }
    // The patch is outside the tree, and its path may be relative.
    let input = URL(filePath: "\(folder)/\(patch)").standardizedFileURL.path
    let exact = ["--strip=1", "--fuzz=0", "--force", "--no-backup-if-mismatch", "--input", input]
    do {
      // Its messages are read, so they must be English.
      try await HelperProgram.patch.run(exact + options, log: log, in: tree, environment: ["LC_ALL=C"])
    } catch let error as RingbenchError where error.status == .failed {
      throw Misfit(message: "\(patch): \(Self.failure(in: (try? Files.text(log)) ?? "") ?? error.message)")
    }
  }

  /// The first file and hunk that failed, such as `io_uring/net.c, hunk 3`.
  static func failure(in log: String) -> String? {
    let file = "patching file "
    var current: Substring?
    for line in log.split(separator: "\n") {
      if line.hasPrefix(file) {
        current = line.dropFirst(file.count)
      } else if line.hasPrefix("Hunk #"), line.contains(" FAILED"), let current {
        return "\(current), hunk \(line.dropFirst("Hunk #".count).prefix { $0.isNumber })"
      } else if line.hasPrefix("can't find file to patch") || line.contains("****") {
        return String(line)
      }
    }
    return log.split(separator: "\n").last.map(String.init)
  }
}
