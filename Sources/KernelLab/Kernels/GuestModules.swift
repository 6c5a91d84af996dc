import Base
import FoundationEssentials

/// The modules that the transports need, unless they are built into the kernel.
enum GuestModules {
  /// A RAM disk, the checksum that ext4 requests from the kernel by name, ext4, and Unix sockets.
  private static let wanted = ["brd", "crc32c_generic", "ext4", "unix"]

  /// Puts the wanted modules and their dependencies into a folder, uncompressed and numbered in the order of loading.
  static func collect(from files: [String], to folder: String) async throws {
    let byName = Dictionary(files.map { (ModuleFile.module(inFile: $0), $0) }) { first, _ in first }
    var done: Set<String> = []
    for module in wanted { try await add(module, byName, &done, to: folder) }
  }

  private static func add(
    _ module: String, _ files: [String: String], _ done: inout Set<String>, to folder: String
  ) async throws {
    // A module without a file is built in or does not exist.
    guard let file = files[module], done.insert(module).inserted else { return }
    let bytes = try await contents(of: file)
    let needed = folder + "/" + module + ".ko"
    try Files.write(bytes, to: needed)
    let lines = try await HelperProgram.modinfo.lines(["--field", "depends", needed])
    for name in lines.joined().split(separator: ",") {
      try await add(ModuleFile.normalised(name), files, &done, to: folder)
    }
    let number = Files.names(in: folder).count { $0.first?.isNumber == true }
    try Files.move(needed, over: "\(folder)/\(number < 10 ? "0" : "")\(number)-\(module).ko")
  }

  private static func contents(of file: String) async throws -> [UInt8] {
    let decompress = ["--decompress", "--stdout", file]
    if file.hasSuffix(".xz") { return try await HelperProgram.xz.run(decompress) }
    if file.hasSuffix(".zst") { return try await HelperProgram.zstd.run(decompress) }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw RingbenchError.failed("\(file): can't be read")
    }
    return [UInt8](data)
  }
}
