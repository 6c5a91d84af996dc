package import Base
import Documents
import FoundationEssentials

/// `ringbench kernel build`: builds a kernel from Debian's source package and the recipe, and puts it into the cache.
package struct LaboratoryBuild: Sendable {
  private static let timeLimit = Duration.seconds(2 * 3600)

  private let kernel: LaboratoryKernel
  private let recipe: LaboratoryRecipe
  private let cache: KernelCache
  private let quiet: Bool

  /// - Parameters:
  ///   - sources: the folder `Kernel` of a clone; nil searches for it.
  ///   - quiet: draws no progress line.
  package init(
    _ kernel: LaboratoryKernel, sources: String?, cache: KernelCache = KernelCache(), quiet: Bool = false
  ) throws(RingbenchError) {
    self.kernel = kernel
    recipe = try LaboratoryRecipe(folder: sources)
    self.cache = cache
    self.quiet = quiet
  }

  /// Builds the kernel, unless the cache has one of the same recipe. Waits for another build of it.
  ///
  /// - Parameter anew: builds it even then, from the newest available source.
  /// - Throws: `badInput` when it would have to be built offline; `failed` when the source is not available, the
  ///   series fits none, or the kernel does not compile.
  package func start(anew: Bool) async throws -> StoredKernel {
    let digest = try await recipe.digest(of: kernel)
    if !anew, let stored = stored(digest) { return stored }
    guard !cache.isOffline else {
      throw RingbenchError.badInput(
        "\(kernel.name): the cache has no kernel of this recipe, and --offline downloads no source: run "
          + "'ringbench kernel build \(kernel.name)' where there is a network")
    }
    try cache.prepare()
    let work = try await BuildFolder.claim(kernel, in: cache) {
      StandardError.line("ringbench: waiting for another build of \(kernel.name)")
    }
    defer { withExtendedLifetime(work) {} }
    // The other build has made it.
    if !anew, let stored = stored(digest) { return stored }
    try await installTools()
    let tree = try await PreparedTree(kernel, recipe, cache: cache, in: work.file("source"), announce: say)
    try await configure(tree.path)
    try await compile(tree.path, log: work.file("make.log"))
    return try store(tree, recipe: digest, by: work.file("kernel"))
  }

  private func stored(_ digest: String) -> StoredKernel? {
    cache.kernel(kernel.name).flatMap { $0.recipe == digest ? $0 : nil }
  }

  /// Installs the compiler, parser generators and headers that are missing.
  private func installTools() async throws {
    guard Files.exists(recipe.setup) else { return }
    try await HelperProgram.bash.run([recipe.setup, "--for", "kernel"])
  }

  /// Writes the configuration, and checks that it has every line of the recipe.
  private func configure(_ tree: String) async throws {
    let wanted = try recipe.configuration(of: kernel)
    try Files.write(wanted.text.utf8, to: tree + "/wanted.config")
    try await HelperProgram.make.run(
      variables + ["--silent", "KCONFIG_ALLCONFIG=wanted.config", "allnoconfig"], in: tree)
    let broken = wanted.broken(in: try Files.text(tree + "/.config"))
    guard broken.isEmpty else {
      throw RingbenchError.failed("the kernel's configuration refuses \(broken.joined(separator: ", "))")
    }
  }

  private func compile(_ tree: String, log: String) async throws {
    let progress = BuildProgress(log: log, expected: kernel.variant.expectedSteps, quiet: quiet)
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let arguments = variables + ["--jobs=\(jobs)", "bzImage"]
    do {
      try await progress.drawn {
        try await HelperProgram.make.run(arguments, log: log, in: tree, timeout: Self.timeLimit)
      }
    } catch let error as RingbenchError where error.status == .failed {
      let lines = try Files.text(log).split(separator: "\n")
      let error = lines.first { $0.contains("error:") || $0.contains(": No such file") } ?? lines.last
      throw RingbenchError.failed("the kernel does not compile: \(error ?? "make said nothing")")
    }
  }

  /// Gives the kernel its name, and keeps the clock, the user and the machine out of it.
  private var variables: [String] {
    [
      "LOCALVERSION=-ringbench-\(kernel.name)", "KBUILD_BUILD_TIMESTAMP=1970-01-01", "KBUILD_BUILD_USER=ringbench",
      "KBUILD_BUILD_HOST=laboratory",
    ]
  }

  /// Puts the kernel together in a folder, which then goes to its place as a whole.
  private func store(_ tree: PreparedTree, recipe: String, by finished: String) throws -> StoredKernel {
    try Files.makeFolder(StoredKernel.modules(in: finished))
    try Files.copy("\(tree.path)/arch/x86/boot/bzImage", to: StoredKernel.image(in: finished))
    let source = StoredKernel.Source(packages: [tree.package.description], recipe: recipe)
    try Files.write(try ResultsJSON.document(source), to: StoredKernel.source(in: finished))
    return try cache.store(finished, as: kernel.name)
  }

  private func say(_ what: String) {
    if !quiet { StandardError.line("ringbench: \(what)") }
  }
}
