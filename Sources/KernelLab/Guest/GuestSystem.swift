import CGuest
import Glibc
import HostFacts

/// What an init does before anything else can run: file systems, modules, the loopback interface, a RAM disk.
/// `/proc` and `/sys` are there already, see `CGuest`.
///
/// What fails is told on the console and left: a trial that needs it says so itself.
enum GuestSystem {
  static let modules = "/modules"
  /// The start of a file system for a RAM disk; all that follows is zero.
  static let diskImage = "/disk.image"

  static func prepare() {
    mount("devtmpfs", on: "/dev")
    mount("tmpfs", on: "/tmp")
    loadModules()
    if cguest_loopback_up() != 0 { complain("loopback interface") }
    prepareDisk()
  }

  private static func mount(_ type: String, from source: String? = nil, on folder: String) {
    makeFolders(folder)
    if Glibc.mount(source ?? type, folder, type, 0, nil) != 0, errno != EBUSY { complain("mount \(type) on \(folder)") }
  }

  /// In the order of their names, as the host has sorted them by what needs what.
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

  /// Where `O_DIRECT` means something: the workload looks at `/var/tmp` when `/tmp` lies in memory.
  private static func prepareDisk() {
    let disk = open("/dev/ram0", O_WRONLY | O_CLOEXEC)
    guard disk >= 0 else { return complain("no RAM disk: /dev/ram0") }
    let image = open(diskImage, O_RDONLY | O_CLOEXEC)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(image, &block, block.count), count > 0 { _ = write(disk, block, count) }
    close(image)
    close(disk)
    mount("ext4", from: "/dev/ram0", on: "/var/tmp")
  }

  private static func makeFolders(_ path: String) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
  }

  private static func complain(_ what: String) {
    let line = Array("ringbench: \(what): \(String(cString: strerror(errno)))\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
