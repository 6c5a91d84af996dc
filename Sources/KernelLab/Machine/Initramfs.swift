import Base
import Documents
import FoundationEssentials

/// The file system that a guest starts with. One part has the executables and is cached by their contents; the other
/// part belongs to the run. A kernel unpacks archives that follow each other
/// (`Documentation/driver-api/early-userspace`).
struct Initramfs {
  /// Must change when the cached part is made in another way.
  private static let version = "1"

  let cache: KernelCache
  let work: TemporaryFolder

  /// Writes the initramfs and returns its path. Every byte of it depends on the arguments alone.
  func build(_ executables: GuestExecutables, _ kernel: BootableKernel, _ request: GuestRequest) async throws -> String
  {
    let own = work.file("own")
    try Files.makeFolder(own + GuestSystem.modules)
    for module in kernel.modules {
      try Files.copy(module, to: "\(own)\(GuestSystem.modules)/\(Paths.name(of: module))")
    }
    if let program = executables.program, let path = executables.programPath {
      try Files.makeFolder(own + GuestExecutables.programFolder)
      try await HelperProgram.strip.run(["--strip-all", "-o", own + path, program])
    }
    try Files.write(try ResultsJSON.document(request), to: own + GuestRequest.path)
    try Files.write(try await DiskImage.make(in: work), to: own + GuestSystem.diskImage)
    let target = work.file("initramfs.cpio")
    do { try Files.copy(try await executablesArchive(executables), to: target) } catch is RingbenchError {
      // Another process that began at the same time may have replaced the archive in between.
      try Files.copy(try await executablesArchive(executables), to: target)
    }
    try await pack(own, onto: target)
    return target
  }

  /// The archive of the executables, from the cache or new. A new archive replaces those of other builds in the cache.
  private func executablesArchive(_ executables: GuestExecutables) async throws -> String {
    let sums = try await HelperProgram.sha256sum.lines(executables.files.map(\.path))
    let key = zip(executables.files, sums).map { "\($0.name)-\($1.prefix(16))" }.joined(separator: "_")
    let path = "\(cache.guestFolder)/\(Self.version)_\(key).cpio"
    guard !Files.exists(path) else { return path }
    try cache.prepare()
    let folder = try TemporaryFolder(in: cache.guestFolder)
    let tree = folder.file("tree")
    try Files.makeFolder(tree)
    for (name, path) in executables.files {
      try await HelperProgram.strip.run(["--strip-all", "-o", "\(tree)/\(name)", path])
    }
    let archive = folder.file("archive")
    try Files.write([], to: archive)
    try await pack(tree, onto: archive)
    let others = Files.names(in: cache.guestFolder).filter { $0 != Paths.name(of: path) }
    for old in others where old.hasSuffix(".cpio") && Self.parts(old) == Self.parts(key) {
      try? FileManager.default.removeItem(atPath: "\(cache.guestFolder)/\(old)")
    }
    try Files.move(archive, over: path)
    return path
  }

  /// The names of the executables in an archive's name, without the checksums.
  private static func parts(_ name: String) -> [Substring] {
    let words = name.hasSuffix(".cpio") ? name.dropFirst(version.count + 1) : name[...]
    return words.split(separator: "_").map { $0[..<($0.lastIndex(of: "-") ?? $0.endIndex)] }
  }

  /// Appends a folder as an archive that records no owner and no time.
  private func pack(_ folder: String, onto archive: String) async throws {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder))?.sorted() ?? []
    for name in names { try Self.normalise("\(folder)/\(name)") }
    let list = folder + ".names"
    try Files.write(names.joined(separator: "\0").utf8, to: list)
    let command = #"exec "$0" --create --null --format=newc --reproducible --owner=0:0 --quiet <"$1" >>"$2""#
    try await HelperProgram.cpio.run(throughShell: command, [list, archive], in: folder)
  }

  private static func normalise(_ path: String) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755, .modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
  }
}
