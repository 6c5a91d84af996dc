import CUring
import Glibc

/// A memory cgroup: the pages of a group are charged to it, count against its limit, and are given back.
enum CgroupChecks {
  static let all = [
    Check("cgroup-charge") { try inCgroup("cgroup-charge") },
    Check("cgroup-limit") { try inCgroup("cgroup-limit") },
  ]

  /// What a child does in its cgroup. Nil when the name is that of another part.
  static func run(_ part: String) throws -> Void? {
    switch part {
    case "cgroup-charge": try charge()
    case "cgroup-limit": try limit()
    default: nil
    }
  }

  private static let root = "/sys/fs/cgroup"
  private static let folder = root + "/kmbuf"
  /// The kernel charges in batches, one for each CPU.
  private static let tolerated = 1 << 20

  /// Runs a child in a cgroup. Afterwards nothing is charged to it, so that it can go.
  private static func inCgroup(_ part: String) throws {
    if access(root + "/cgroup.procs", F_OK) != 0 { mount("cgroup2", root, "cgroup2", 0, nil) }
    guard writeFile(root + "/cgroup.subtree_control", "+memory") else {
      throw CheckNotPossible(reason: "the kernel has no memory cgroups: \(Outcome.failure(errno))")
    }
    try succeed("mkdir \(folder)", mkdir(folder, 0o755))
    defer { rmdir(folder) }
    try Child.run(part)
    // Workers end the child's ring, and page caches are charged to it as well.
    for _ in 0..<200 where current() > tolerated {
      writeFile(folder + "/memory.reclaim", "64M")
      usleep(100_000)
    }
    try require(current() <= tolerated, "after the child's end \(current()) bytes are charged")
  }

  private static func current() -> Int { Int(readFile(folder + "/memory.current").dropLast()) ?? -1 }

  private static func join() throws {
    try require(writeFile(folder + "/cgroup.procs", "\(getpid())"), "joining \(folder): \(Outcome.failure(errno))")
  }

  private static func expectCharged(_ byteCount: Int, since before: Int, _ what: String) throws {
    let seen = current() - before
    try require(abs(seen - byteCount) <= tolerated, "\(what): \(seen) bytes are charged, not \(byteCount)")
  }

  private static func charge() throws {
    try join()
    let ring = try CheckRing()
    _ = try Group(ring, entries: 64, size: 65536).unregister()
    let before = current()
    for (entries, size) in [(4096, pageSize), (256, 65536), (2, 8 << 20)] {
      let what = "\(entries) buffers of \(size)"
      for hasMapping in [false, true] {
        let registered = Group.register(ring, id: 1, entries: UInt32(entries), size: UInt64(size))
        try expect(what, registered, .success)
        try expectCharged(16 << 20, since: before, what)
        let mapping = hasMapping ? Group.map(ring, id: 1, byteCount: 16 << 20) : nil
        try expect("unregister", Group.unregister(ring, id: 1), .success)
        if let mapping {
          try expectCharged(16 << 20, since: before, "\(what), which are mapped")
          munmap(mapping, 16 << 20)
        }
        try expectCharged(0, since: before, "\(what), afterwards")
      }
    }
    // The child ends with a group that its parent sees uncharged.
    try expect("the last", Group.register(ring, id: 1, entries: 256, size: 65536), .success)
  }

  /// What exceeds the limit is refused. Nobody is killed for it.
  private static func limit() throws {
    try require(writeFile(folder + "/memory.max", "\(48 << 20)"), "memory.max: \(Outcome.failure(errno))")
    try join()
    let ring = try CheckRing()
    let before = current()
    for (entries, size) in [(32768, pageSize), (1024, 65536), (8, 8 << 20), (1, 64 << 20)] {
      for _ in 0..<3 {
        let seen = Group.register(ring, id: 1, entries: UInt32(entries), size: UInt64(size))
        try expect("\(entries) buffers of \(size) beyond the limit", seen, .failure(ENOMEM))
      }
      try expectCharged(0, since: before, "after a refusal")
    }
    let events = readFile(folder + "/memory.events")
    try require(events.contains("oom_kill 0"), "someone was killed: \(events)")
    let group = try Group(ring, entries: 256, size: 65536)
    try StreamChecks.expectFree(ring, group, "within the limit")
  }
}
