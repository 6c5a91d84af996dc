import CKernelChecks
import CUring
import Glibc

/// `RLIMIT_MEMLOCK`: the pages of a group are charged to the user as long as a group or a mapping has them.
enum LockedMemoryChecks {
  /// Each runs in a child without privileges, since the limit does not apply to root.
  static let all = parts.map { part in Check(part.name) { try Child.run(part.name) } }

  /// Runs a check in this process, which is a child. Nil when the name is that of another part.
  static func run(_ part: String) throws -> Void? {
    guard let found = parts.first(where: { $0.name == part }) else { return nil }
    try succeed("setrlimit, setresuid", cchecks_become_nobody(limit * pageSize))
    // All processes of the user count together. Workers still end the rings of the previous one.
    try awaitFree(limit, "at first")
    return try found.run()
  }

  private static let parts = [
    Check("locked-memory-registered") { try registered() },
    Check("locked-memory-mapped") { try mapped() },
    Check("locked-memory-pieces") { try pieces() },
    Check("locked-memory-forked") { try forked() },
    Check("locked-memory-closed") { try closed() },
  ]

  /// The limit in pages.
  private static let limit = 16

  private static func register(
    _ ring: CheckRing, _ id: UInt16, entries: UInt32 = 4, pages: UInt64 = 4, hasRefill: Bool = false
  ) -> Outcome {
    Group.register(ring, id: id, entries: entries, size: pages * UInt64(pageSize), hasRefill: hasRefill)
  }

  /// Fails unless exactly so many pages can be registered.
  private static func expectFree(_ pages: Int, _ what: String) throws {
    let ring = try CheckRing()
    var got = 0
    while got <= limit, register(ring, UInt16(got), entries: 1, pages: 1) == .success { got += 1 }
    try expect("\(what): pages that can be registered", got, pages)
    for id in 0..<got { try expect("unregister", Group.unregister(ring, id: UInt16(id)), .success) }
  }

  /// Waits until so many pages can be registered. A worker ends a ring, some time after it was closed.
  private static func awaitFree(_ pages: Int, _ what: String) throws {
    let ring = try CheckRing()
    for _ in 0..<600 where register(ring, 0, entries: 1, pages: UInt64(pages)) != .success { usleep(100_000) }
    try expect("\(what): \(pages) pages", Group.unregister(ring, id: 0), .success)
    try expectFree(pages, what)
  }

  private static func registered() throws {
    let ring = try CheckRing()
    try expect("one page too many", register(ring, 0, entries: 1, pages: 17), .failure(ENOMEM))
    try expect("with the refill page", register(ring, 0, hasRefill: true), .failure(ENOMEM))
    for round in 0..<100 {
      try expect("all, round \(round)", register(ring, 0), .success)
      try expect("one more", register(ring, 1, entries: 1, pages: 1), .failure(ENOMEM))
      try expect("unregister", Group.unregister(ring, id: 0), .success)
    }
    // A registration that fails for another reason is not charged.
    for _ in 0..<100 { try expect("refused", register(ring, 0, entries: 3, pages: 1), .failure(EINVAL)) }
    let halves = (0..<2).map { register(ring, UInt16($0), entries: 8, pages: 1) }
    try expect("two halves", halves, [.success, .success])
    let other = try CheckRing()
    try expect("another ring", register(other, 0, entries: 1, pages: 1), .failure(ENOMEM))
    ring.close()
    try awaitFree(limit, "after the ring's end")
  }

  /// A loop that registers, maps and unregisters runs into the limit.
  private static func mapped() throws {
    let ring = try CheckRing()
    for round in 0..<50 {
      var groups = try (0..<4).map { _ in
        let group = try Group(ring, entries: 4)
        try expect("unregister", group.unregister(), .success)
        return group
      }
      try expect("four are mapped, round \(round)", register(ring, 0, entries: 1, pages: 1), .failure(ENOMEM))
      for group in groups { memset(group.base, Int32(round), group.byteCount) }
      groups.removeLast()
      try expectFree(4, "one was unmapped, round \(round)")
      groups = []
      try expectFree(limit, "all were unmapped, round \(round)")
    }
    // What is mapped twice is charged once, and until both mappings are gone.
    let group = try Group(ring, entries: 8)
    let again = Group.map(ring, id: 0, byteCount: group.byteCount)
    try require(again != nil, "a second mapping: \(Outcome.failure(errno))")
    try expectFree(8, "mapped twice")
    try expect("unregister", group.unregister(), .success)
    group.unmap()
    try expectFree(8, "one of two mappings is left")
    munmap(again, group.byteCount)
    try expectFree(limit, "both mappings are gone")
  }

  /// A mapping that is taken away in pieces holds the pages until its last piece is gone.
  private static func pieces() throws {
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 2, 0, 3], [2, 0, 3, 1]]
    for order in orders + [[0], [3], [1]] {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 8)
      if order.count == 4 { try expect("unregister", group.unregister(), .success) }
      for piece in order {
        try expectFree(8, "piece \(piece) of \(order) is still there")
        munmap(group.base + piece * 2 * pageSize, 2 * pageSize)
      }
      if order.count == 4 { try expectFree(limit, "pieces \(order) are gone") } else { try expectFree(8, "registered") }
      group.unmap()
      if order.count < 4 { try expect("unregister", group.unregister(), .success) }
      try expectFree(limit, "all is gone, pieces \(order)")
    }
  }

  /// A child inherits the mapping, and with it what keeps the pages.
  private static func forked() throws {
    for isUnmappedFirst in [false, true] {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 8)
      var ends: [Int32] = [-1, -1]
      try succeed("pipe2", cchecks_pipe(&ends, 0))
      let child = try succeed("fork", cchecks_fork(cchecks_await_end, &ends))
      if isUnmappedFirst { group.unmap() }
      try expect("unregister", group.unregister(), .success)
      group.unmap()
      try expectFree(8, "the child has the mapping")
      close(ends[0])
      close(ends[1])
      try expect("child", Child.wait(child), .exited(0))
      try expectFree(limit, "the child has ended")
    }
  }

  /// A closed ring, whose mapping stays.
  private static func closed() throws {
    for isUnregistered in [false, true] {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 8)
      if isUnregistered { try expect("unregister", group.unregister(), .success) }
      ring.close()
      usleep(300_000)
      try expectFree(8, "the ring is closed, its group is mapped")
      group.setGuard()
      group.unmap()
      try awaitFree(limit, "after the mapping")
    }
  }
}
