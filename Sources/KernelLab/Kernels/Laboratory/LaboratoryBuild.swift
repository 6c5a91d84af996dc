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

  /// Builds the kernel, unless the cache has one of the same recipe.
  ///
  /// - Parameter anew: builds it even then, from the newest available source.
  /// - Throws: `badInput` when it would have to be built offline; `failed` when the source is not available, the
  ///   hooks don't apply, or the kernel does not compile.
  package func start(anew: Bool) async throws -> StoredKernel {
    let digest = try await recipe.digest(of: kernel)
    if !anew, let stored = cache.kernel(kernel.rawValue), stored.recipe == digest { return stored }
    guard !cache.isOffline else {
      throw RingbenchError.badInput(
        "\(kernel.rawValue): the cache has no kernel of this recipe, and --offline downloads no source: run "
          + "'ringbench kernel build \(kernel.rawValue)' where there is a network")
    }
    try cache.prepare()
    try await installTools()
    let work = try TemporaryFolder(in: cache.path + "/build")
    let (tree, version) = try await patchedTree(in: work)
    try await configure(tree)
    try await compile(tree, in: work)
    let source = StoredKernel.Source(packages: ["\(KernelSource.package) \(version)"], recipe: digest)
    return try store(tree, source, in: work)
  }

  /// Installs the compiler, parser generators and headers that are missing.
  private func installTools() async throws {
    guard Files.exists(recipe.setup) else { return }
    try await HelperProgram.bash.run([recipe.setup, "--for", "kernel"])
  }

  /// The newest source that the hooks fit. The hooks change 6.12's own files, and so do point releases.
  private func patchedTree(in work: TemporaryFolder) async throws -> (tree: String, version: String) {
    var refusal: RingbenchError?
    for version in try await KernelSource.versions() {
      say("unpacking \(KernelSource.package) \(version)")
      let tree = try await KernelSource.unpack(version, in: work)
      do {
        try await HelperProgram.patch.run(["--strip=1", "--fuzz=1", "--quiet", "--input", recipe.hooks], in: tree)
        for file in recipe.sources { try Files.copy(file, to: "\(tree)/io_uring/\(Paths.name(of: file))") }
        return (tree, version)
      } catch let error as RingbenchError where error.status == .failed {
        refusal = refusal ?? RingbenchError.failed("Kernel/hooks.patch doesn't fit \(version): \(error.message)")
        try? FileManager.default.removeItem(atPath: work.file("source"))
      }
    }
    throw refusal ?? RingbenchError.failed("no version of \(KernelSource.package) is available")
  }

  /// Writes the configuration, and checks that it has every line of the recipe.
  private func configure(_ tree: String) async throws {
    let wanted = try recipe.fragments(of: kernel).map(Files.text).joined(separator: "\n")
    try Files.write(wanted.utf8, to: tree + "/wanted.config")
    try await HelperProgram.make.run(
      variables + ["--silent", "KCONFIG_ALLCONFIG=wanted.config", "allnoconfig"], in: tree)
    let given = Set(try Files.text(tree + "/.config").split(separator: "\n"))
    let missing = wanted.split(separator: "\n").filter { $0.hasPrefix("CONFIG_") && !given.contains($0) }
    guard missing.isEmpty else {
      throw RingbenchError.failed("the kernel's configuration refuses \(missing.joined(separator: ", "))")
    }
  }

  private func compile(_ tree: String, in work: TemporaryFolder) async throws {
    let log = work.file("make.log")
    let progress = BuildProgress(log: log, expected: kernel.expectedSteps, quiet: quiet)
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let arguments = variables + ["--jobs=\(jobs)", "bzImage"]
    do {
      try await progress.drawn {
        try await HelperProgram.make.run(
          throughShell: #"exec "$0" "$@" >"$LOG" 2>&1"#, arguments, in: tree, environment: ["LOG=\(log)"],
          timeout: Self.timeLimit)
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
      "LOCALVERSION=-ringbench-\(kernel.rawValue)", "KBUILD_BUILD_TIMESTAMP=1970-01-01", "KBUILD_BUILD_USER=ringbench",
      "KBUILD_BUILD_HOST=laboratory",
    ]
  }

  private func store(
    _ tree: String, _ source: StoredKernel.Source, in work: TemporaryFolder
  ) throws -> StoredKernel {
    let finished = work.file("kernel")
    try Files.makeFolder(StoredKernel.modules(in: finished))
    try Files.copy("\(tree)/arch/x86/boot/bzImage", to: StoredKernel.image(in: finished))
    try Files.write(try ResultsJSON.document(source), to: StoredKernel.source(in: finished))
    return try cache.store(finished, as: kernel.rawValue)
  }

  private func say(_ what: String) {
    if !quiet { StandardError.line("ringbench: \(what)") }
  }
}
