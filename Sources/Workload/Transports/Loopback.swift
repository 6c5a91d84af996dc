import Glibc
import Vocabulary

/// IPv4 sockets on the loopback address.
enum Loopback {
  /// A socket bound to a free port.
  static func bound(_ type: __socket_type) throws(Reason) -> Int32 {
    let descriptor = try checked("socket", "", socket(AF_INET, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    try checked("bind(127.0.0.1)", "is the loopback interface up?", withAddress(&address) { bind(descriptor, $0, $1) })
    return descriptor
  }

  /// Connects a socket to the address of another socket.
  static func connect(_ descriptor: Int32, to other: Int32) throws(Reason) {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try checked(
      "getsockname", "",
      withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(other, $0, &length) }
      })
    try checked("connect(127.0.0.1)", "", withAddress(&address) { Glibc.connect(descriptor, $0, $1) })
  }

  private static func withAddress(
    _ address: inout sockaddr_in, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
