import CUring
import Glibc

/// A process that is killed while it registers stops allocating.
enum KilledChecks {
  static let all = [
    Check("register-killed-pieces") { try killed(entries: 1) },
    Check("register-killed-contiguous") { try killed(entries: 2048) },
  ]

  /// The child. It is killed while it registers.
  static func register(_ arguments: [String]) throws {
    let numbers = arguments.compactMap { UInt64($0) }
    let ring = try CheckRing()
    _ = Group.register(ring, id: 0, entries: UInt32(numbers[0]), size: numbers[1])
  }

  /// The kernel takes memory page by page. The process is killed long before it has all, and dies. The free memory
  /// tells how far the registration got.
  private static func killed(entries: Int) throws {
    _ = MemoryUse.settled()
    let free = MemoryUse.freeAndTotal().free
    let size = free * 3 / 4 / entries / pageSize * pageSize
    let all = entries * size
    for round in 0..<3 {
      let before = MemoryUse.settled()
      let start = MemoryUse.freeAndTotal().free
      let child = try Child.start("register-killed", ["\(entries)", "\(size)"])
      var taken = 0
      while taken < all / 20 {
        usleep(1000)
        taken = start - MemoryUse.freeAndTotal().free
        var status: Int32 = 0
        guard waitpid(child, &status, WNOHANG) == 0 else {
          throw CheckFailure("round \(round): the registration was over before \(all / 20) bytes were seen as taken")
        }
      }
      kill(child, SIGKILL)
      var status: Int32 = 0
      while waitpid(child, &status, WNOHANG) == 0 {
        taken = max(taken, start - MemoryUse.freeAndTotal().free)
        usleep(1000)
      }
      try expect("round \(round): the child's signal", status & 0x7F, SIGKILL)
      try require(taken < all * 3 / 4, "round \(round): \(taken) of \(all) bytes were taken, killed after \(all / 20)")
      try MemoryUse.expectReturn(to: before, "killed after \(taken >> 20) of \(all >> 20) MiB")
    }
  }
}
