import Glibc

/// The nodes as `/sys` lists them: read without libnuma.
enum SystemNodes {
  private static let folder = "/sys/devices/system/node"

  static var folderExists: Bool { access(folder, R_OK) == 0 }

  /// The numbers of the folders `node0`, `node1` and so on, ascending.
  static var numbers: [Int] {
    (0..<1024).filter { access("\(folder)/node\($0)", R_OK) == 0 }
  }
}
