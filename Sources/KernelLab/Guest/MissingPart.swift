import Vocabulary

/// A part that a guest's kernel was built without.
enum MissingPart: CaseIterable, Sendable {
  case devices
  case disk
  case fileSystem

  /// What is missing, and the option of the kernel's configuration that brings it.
  var sentence: String {
    switch self {
    case .devices: "the guest has no /dev: build in CONFIG_DEVTMPFS"
    case .disk: "the guest has no RAM disk for O_DIRECT: build in CONFIG_BLK_DEV_RAM"
    case .fileSystem: "the guest can't mount its RAM disk for O_DIRECT: build in CONFIG_EXT4_FS"
    }
  }

  /// The transport that needs it; nil for what everything needs.
  private var transport: Transport? { self == .devices ? nil : .fileDirect }

  /// Why a transport can't be measured without these parts.
  static func transports(without missing: Set<MissingPart>) -> [Transport: String] {
    var reasons: [Transport: String] = [:]
    for part in missing { if let transport = part.transport { reasons[transport] = part.sentence } }
    return reasons
  }
}
