import Base

/// Reads the names of module files, on the host and in the guest.
enum ModuleFile {
  /// `ext4` for `03-ext4.ko`, `crc32c_generic` for `kernel/crypto/crc32c-generic.ko.xz`.
  static func module(inFile path: String) -> String {
    let file = Paths.name(of: path)
    let name = file.prefix { $0 != "." }
    let digits = name.prefix { $0.isNumber }
    let isNumbered = digits.count == 2 && name.dropFirst(2).first == "-"
    return normalised(isNumbered ? name.dropFirst(3) : name)
  }

  /// Replaces dashes by underscores: in names of modules they mean the same.
  static func normalised(_ name: some StringProtocol) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// A module's parameters on the kernel's command line, as `modprobe(8)` reads them: `brd.rd_nr=1` gives `rd_nr=1`.
  static func parameters(of module: String, commandLine: String) -> String {
    let words = commandLine.split(whereSeparator: \.isWhitespace)
    return words.filter { $0.hasPrefix(module + ".") }.map { $0.dropFirst(module.count + 1) }.joined(separator: " ")
  }
}
