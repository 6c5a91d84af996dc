import Base
import Documents
import Glibc

/// What all boots of one machine have in common, and what goes on from them.
struct MachineBase: Sendable {
  /// The guest's time since boot when it is saved. A kernel goes on initialising memory and clocks after it has booted. The
  /// time that the guest idles away passes at once.
  private static let uptimeSeconds = 60.0
  /// The name of a socket has at most 107 bytes (unix(7)).
  private static let longestSocketName = 107

  let options: MachineOptions
  /// What the digits depend on.
  let fingerprint: Fingerprint
  let qemu: String
  let kernel: BootableKernel
  private let initramfs: String
  private let work: TemporaryFolder

  /// Finds or fetches the kernel, and packs the initramfs.
  ///
  /// - Throws: `badInput`, `cannotRun` and `failed` for what is missing.
  init(_ reference: KernelReference, _ options: MachineOptions, cache: KernelCache) async throws {
    self.options = options
    qemu = try HelperProgram.qemu.path()
    kernel = try await reference.resolve(in: cache)
    work = try TemporaryFolder()
    initramfs = try await Initramfs(cache: cache, work: work).build(
      try GuestExecutables.all(), kernel, .pause(uptimeSeconds: Self.uptimeSeconds))
    fingerprint = try await Fingerprint(image: kernel.image, initramfs: initramfs, qemu: qemu, options)
  }

  /// A folder for the memory of a machine: in memory where there is plenty, else on disk.
  func memoryFolder() throws(RingbenchError) -> TemporaryFolder {
    var space = statvfs()
    let hasRoom =
      statvfs("/dev/shm", &space) == 0 && Int(space.f_bavail) * Int(space.f_frsize) >> 20 > 16 * options.megabytes
    return try TemporaryFolder(in: hasRoom ? "/dev/shm" : nil)
  }

  /// A folder for a machine's console and channel and for the socket by which it is controlled.
  static func controlFolder() throws(RingbenchError) -> TemporaryFolder {
    let usual = try TemporaryFolder()
    return usual.file("control").utf8.count <= longestSocketName ? usual : try TemporaryFolder(in: "/tmp")
  }

  func command(in folder: TemporaryFolder, memory: String, isIncoming: Bool) -> QemuCommand {
    QemuCommand(
      options, accelerator: .tcg, image: kernel.image, initramfs: initramfs, console: folder.file("console"),
      channel: folder.file("channel"),
      saving: .init(
        memory: memory, control: folder.file("control"), isIncoming: isIncoming))
  }
}
