import Base
import FoundationEssentials

/// The source tree of a laboratory kernel, ready to be configured.
struct PreparedTree: Sendable {
  let path: String
  /// The package that it comes from.
  let package: ArchivedPackage

  /// Takes the newest source to which the whole series applies. Point releases change the files that the series changes.
  ///
  /// - Parameters:
  ///   - folder: a new folder for the tree.
  ///   - announce: called with each step that takes long.
  /// - Throws: `failed` when the series fits no version, with all that were tried, or does not know a caller.
  init(
    _ kernel: LaboratoryKernel, _ recipe: LaboratoryRecipe, cache: KernelCache, in folder: String,
    announce: (String) -> Void
  ) async throws {
    let series = try recipe.series(for: kernel.base)
    let source = try await KernelSource(of: kernel.base, cache: cache)
    var refusals: [String] = []
    for package in source.versions {
      announce("unpacking \(package)")
      do {
        let tree = try await source.unpack(package, to: folder)
        try await series.apply(to: tree)
        self.init(path: tree, package: package)
        // The control has the source of the others, so it is one that the series fits.
        if kernel.variant.isPatched { try extend(series, recipe) } else { try await series.revert(in: tree) }
        return
      } catch let misfit as KernelSeries.Misfit {
        refusals.append("\(package.version): \(misfit.message)")
      } catch is AptPrograms.VanishedPackage {
        refusals.append("\(package.version): the mirror no longer has it")
      }
      try? FileManager.default.removeItem(atPath: folder)
    }
    throw RingbenchError.failed("\(series.folder) fits no source: \(refusals.joined(separator: "; "))")
  }

  private init(path: String, package: ArchivedPackage) {
    self.path = path
    self.package = package
  }

  /// Checks that the series knows all callers, and adds the shared sources.
  private func extend(_ series: KernelSeries, _ recipe: LaboratoryRecipe) throws {
    let known = try SelectionCallers(file: series.callers)
    try SelectionCallers(tree: path).check(against: known, of: series.folder)
    let makefile = "\(path)/io_uring/Makefile"
    var rules = try Files.text(makefile)
    if !rules.hasSuffix("\n") { rules += "\n" }
    for file in recipe.sources {
      try Files.copy("\(recipe.folder)/io_uring/\(file)", to: "\(path)/io_uring/\(file)")
      if file.hasSuffix(".c") { rules += "obj-$(CONFIG_IO_URING) += \(file.dropLast(2)).o\n" }
    }
    try Files.write(rules.utf8, to: makefile)
  }
}
