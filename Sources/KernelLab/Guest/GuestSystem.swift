import CGuest
import Glibc
import HostFacts

/// Sets a guest up before anything else runs: file systems, modules, the loopback interface and a RAM disk.
/// `CGuest` has already mounted `/proc` and `/sys`.
///
/// A failure is written to the console. What cells need and the kernel lacks is returned as well.
enum GuestSystem {
  static let modules = "/modules"
  /// The start of the RAM disk's file system. Everything behind it is zero.
  static let diskImage = "/disk.image"

  /// - Returns: what the kernel was built without.
  static func prepare() -> Set<MissingPart> {
    var missing: Set<MissingPart> = []
    if !mount("devtmpfs", on: "/dev") {
      missing.insert(.devices)
      makeChannel()
    }
    mount("tmpfs", on: "/tmp")
    loadModules()
    if cguest_loopback_up() != 0 { complain("loopback interface") }
    if let part = prepareDisk() { missing.insert(part) }
    return missing
  }

  /// - Returns: whether it is mounted.
  @discardableResult
  private static func mount(_ type: String, from source: String? = nil, on folder: String) -> Bool {
    makeFolders(folder)
    guard Glibc.mount(source ?? type, folder, type, 0, nil) != 0, errno != EBUSY else { return true }
    complain("mount \(type) on \(folder)")
    return false
  }

  /// Makes the one device by which a guest can say that it has no others (`Documentation/admin-guide/devices.txt`).
  private static func makeChannel() {
    if mknod(SerialChannel.device, S_IFCHR | 0o600, 4 << 8 | 65) != 0 { complain(SerialChannel.device) }
  }

  /// Loads modules in the order of their names. The host has numbered them so that each comes after those it needs.
  private static func loadModules() {
    let commandLine = SmallFile.trimmed("/proc/cmdline") ?? ""
    for file in SmallFile.names(in: modules) {
      let descriptor = open("\(modules)/\(file)", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      let parameters = ModuleFile.parameters(of: ModuleFile.module(inFile: file), commandLine: commandLine)
      if cguest_load_module(descriptor, parameters) != 0, errno != EEXIST { complain("module \(file)") }
    }
  }

  /// Mounts a RAM disk on `/var/tmp`, where `O_DIRECT` works. The workload uses `/var/tmp` when `/tmp` is in memory.
  ///
  /// - Returns: what is missing for it.
  private static func prepareDisk() -> MissingPart? {
    let disk = open("/dev/ram0", O_WRONLY | O_CLOEXEC)
    guard disk >= 0 else {
      complain("no RAM disk: /dev/ram0")
      return .disk
    }
    let image = open(diskImage, O_RDONLY | O_CLOEXEC)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(image, &block, block.count), count > 0 { _ = write(disk, block, count) }
    close(image)
    close(disk)
    return mount("ext4", from: "/dev/ram0", on: "/var/tmp") ? nil : .fileSystem
  }

  private static func makeFolders(_ path: String) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
  }

  private static func complain(_ what: String) {
    let line = Array("\(ConsoleLog.ownPrefix)\(what): \(String(cString: strerror(errno)))\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
