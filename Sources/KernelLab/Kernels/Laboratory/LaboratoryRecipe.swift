import Base
import FoundationEssentials

/// The folder `Kernel/` of a clone: the patches for each base, the sources that all bases share, and the configurations.
struct LaboratoryRecipe: Sendable {
  /// Must be raised when the steps of the build change, so that kernels of older steps are built again.
  private static let steps = "2"

  let folder: String

  /// - Parameter folder: where it is; nil searches above the executable, then in the working directory.
  /// - Throws: `badInput` when there is none.
  init(folder: String?) throws(RingbenchError) {
    let candidates = folder.map { [$0] } ?? Self.usualPlaces
    guard let found = candidates.first(where: { Files.exists("\($0)/series") }) else {
      let place = folder.map { "--sources \($0): there is no recipe in it" } ?? "there is no recipe here"
      throw RingbenchError.badInput("\(place): the folder Kernel of a clone of ringbench is needed, with series in it")
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

  /// The sources that are copied into the kernel's own folder `io_uring`, and compiled there.
  var sources: [String] { Files.names(in: folder + "/io_uring") }
  /// `scripts/setup` of the clone.
  var setup: String { folder + "/../scripts/setup" }

  /// - Throws: `badInput` when the recipe has no patches for a base.
  func series(for base: KernelBase) throws(RingbenchError) -> KernelSeries {
    let series = KernelSeries(folder: "\(folder)/series/\(base.name)")
    guard !series.patches.isEmpty, Files.exists(series.callers) else {
      throw RingbenchError.badInput("\(series.folder): patches and the file callers are needed in it")
    }
    return series
  }

  func configuration(of kernel: LaboratoryKernel) throws(RingbenchError) -> KernelConfiguration {
    var text = ""
    for fragment in fragments(of: kernel) { text += try Files.text("\(folder)/\(fragment)") + "\n" }
    return KernelConfiguration(text: text)
  }

  /// Each one overrides those before it. A base may have lines of its own.
  private func fragments(of kernel: LaboratoryKernel) -> [String] {
    let base = "\(kernel.base.name).config"
    let ofBase = Files.exists("\(folder)/config/\(base)") ? [base] : []
    let names = ["lab.config"] + ofBase + (kernel.variant.fragment.map { [$0] } ?? [])
    return names.map { "config/\($0)" }
  }

  /// A digest of everything that decides what is built, except the point release of the source.
  func digest(of kernel: LaboratoryKernel) async throws -> String {
    var files = fragments(of: kernel)
    if kernel.variant.isPatched {
      let series = try series(for: kernel.base)
      files += (series.patches + ["callers"]).map { "series/\(kernel.base.name)/\($0)" }
      files += sources.map { "io_uring/\($0)" }
    }
    // Each with its name, which says where it goes and in which order.
    let sums = try await HelperProgram.sha256sum.lines(files, in: folder).joined(separator: "\n")
    let command = #"printf %s "$1" | "$0""#
    let digest = try await HelperProgram.sha256sum.run(
      throughShell: command, ["\(Self.steps) \(kernel.name)\n\(sums)"])
    return String(decoding: digest.prefix(64), as: UTF8.self)
  }
}
