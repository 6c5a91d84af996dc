import Base
import FoundationEssentials

/// The header of a bzImage, Linux `Documentation/arch/x86/boot.rst`.
struct BootImage {
  /// The release that `uname -r` will print.
  let release: String

  /// - Throws: `badInput` when the file can't be read or is not a bzImage.
  init(path: String) throws(RingbenchError) {
    guard let file = FileHead.read(path, count: 1 << 16) else {
      throw RingbenchError.badInput("\(path): no such file, or it can't be read")
    }
    guard let release = Self.release(header: file) else {
      let isELF = file.starts(with: [0x7F, 0x45, 0x4C, 0x46])
      let what =
        isELF ? "is an ELF file: use arch/x86/boot/bzImage of the kernel build" : "is not a Linux kernel image"
      throw RingbenchError.badInput("\(path): \(what)\(isELF ? "" : ": a bzImage or vmlinuz for x86 is needed")")
    }
    self.release = release
  }

  /// The header has `HdrS` at 0x202. The number at 0x20E plus 0x200 is the offset of the version text.
  private static func release(header: [UInt8]) -> String? {
    guard header.count > 0x210, header[0x202..<0x206].elementsEqual("HdrS".utf8) else { return nil }
    let offset = Int(header[0x20E]) | Int(header[0x20F]) << 8
    guard offset > 0, offset + 0x200 < header.count else { return "unknown" }
    let text = header[(offset + 0x200)...].prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The beginning of a file, without reading all of it.
enum FileHead {
  static func read(_ path: String, count: Int) -> [UInt8]? {
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else { return nil }
    return Array(data.prefix(count))
  }
}
