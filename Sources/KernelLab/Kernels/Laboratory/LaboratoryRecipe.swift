import Base
import FoundationEssentials

/// The folder `Kernel/` of a clone: our own sources, the hooks into the kernel's sources, and the configurations.
struct LaboratoryRecipe: Sendable {
  /// Must be raised when the steps of the build change, so that kernels of older steps are built again.
  private static let steps = "1"

  let folder: String

  /// - Parameter folder: where it is; nil searches above the executable, then in the working directory.
  /// - Throws: `badInput` when there is none.
  init(folder: String?) throws(RingbenchError) {
    let candidates = folder.map { [$0] } ?? Self.usualPlaces
    guard let found = candidates.first(where: { Files.exists("\($0)/hooks.patch") }) else {
      let place = folder.map { "--sources \($0): there is no recipe in it" } ?? "there is no recipe here"
      throw RingbenchError.badInput(
        "\(place): the folder Kernel of a clone of ringbench is needed, with hooks.patch in it")
    }
    self.folder = found
  }

  private static var usualPlaces: [String] {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    var places: [String] = []
    var parent = program
    while parent != "/", parent != "." {
      parent = Paths.parent(of: parent)
      places.append(parent + "/Kernel")
    }
    return places + ["Kernel"]
  }

  var hooks: String { folder + "/hooks.patch" }
  /// The files that are copied into the kernel's own folder `io_uring`.
  var sources: [String] { Files.names(in: folder + "/io_uring").map { "\(folder)/io_uring/\($0)" } }
  /// `scripts/setup` of the clone.
  var setup: String { folder + "/../scripts/setup" }

  func fragments(of kernel: LaboratoryKernel) -> [String] { kernel.fragments.map { "\(folder)/config/\($0)" } }

  /// A digest of everything that decides what is built, except the point release of the source.
  func digest(of kernel: LaboratoryKernel) async throws -> String {
    let lines = try await HelperProgram.sha256sum.lines([hooks] + sources + fragments(of: kernel))
    let sums = lines.compactMap { $0.split(separator: " ").first }.joined()
    let command = #"printf %s "$1" | "$0""#
    let digest = try await HelperProgram.sha256sum.run(
      throughShell: command, ["\(Self.steps) \(kernel.rawValue) \(sums)"])
    return String(decoding: digest.prefix(64), as: UTF8.self)
  }
}
