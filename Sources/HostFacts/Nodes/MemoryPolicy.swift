package import Base
import CNuma
import Glibc

/// Which node the calling thread's pages, and those the kernel allocates on its behalf, come from by default.
///
/// On a kernel without NUMA, node 0 is all memory: binding to it succeeds and changes nothing.
package enum MemoryPolicy {
  /// `CONFIG_NODES_SHIFT` is at most 10.
  private static let possibleNodes = 0..<1024

  /// Allocates only from `node` from now on (`set_mempolicy(2)`, `MPOL_BIND`).
  ///
  /// The kernel may ignore the policy for what it allocates on the thread's behalf: some kernels take the pages of an
  /// io_uring ring from the node of the running CPU. Ask ``PagePlacement`` afterwards.
  ///
  /// - Throws: `EINVAL` when the node does not exist, has no memory or is outside the process's cpuset.
  package static func bindCurrentThread(to node: Int) throws(SystemError) {
    guard NUMA.isAvailable else { return try requireNodeZero(node, call: "set_mempolicy") }
    guard possibleNodes.contains(node) else { throw SystemError(call: "set_mempolicy", errno: EINVAL) }
    let mask = BitWords(only: node)
    guard set_mempolicy(MPOL_BIND, mask.words, mask.maximumNode) == 0 else {
      throw SystemError(call: "set_mempolicy", errno: errno)
    }
  }

  /// Returns to the system's default: the node of the CPU that touches the page first (`MPOL_DEFAULT`).
  package static func resetCurrentThread() throws(SystemError) {
    guard NUMA.isAvailable else { return }
    guard set_mempolicy(MPOL_DEFAULT, nil, 0) == 0 else { throw SystemError(call: "set_mempolicy", errno: errno) }
  }

  /// Binds pages of a mapping that nothing has touched yet (`mbind(2)`, `MPOL_BIND`).
  static func bind(_ base: UnsafeMutableRawPointer, byteCount: Int, to node: Int) throws(SystemError) {
    guard NUMA.isAvailable else { return try requireNodeZero(node, call: "mbind") }
    guard possibleNodes.contains(node) else { throw SystemError(call: "mbind", errno: EINVAL) }
    let mask = BitWords(only: node)
    guard mbind(base, UInt(byteCount), MPOL_BIND, mask.words, mask.maximumNode, 0) == 0 else {
      throw SystemError(call: "mbind", errno: errno)
    }
  }

  private static func requireNodeZero(_ node: Int, call: String) throws(SystemError) {
    guard node == 0 else { throw SystemError(call: call, errno: EINVAL) }
  }
}

extension BitWords {
  /// The `maxnode` argument of the policy calls. The kernel reads one bit fewer than this number.
  fileprivate var maximumNode: UInt { UInt(bitCount) + 1 }
}
