import CKernelChecks
import CUring
import Glibc

/// Direct reads of a disk that answers later, in interrupt context. `vm exec --disk FILE` adds it; a slow one is best.
enum DiskChecks {
  static let all = [
    Check("disk-reads") { try reads() },
    Check("disk-unregister-while-reading") { try unregisterWhileReading() },
    Check("disk-close-while-reading") { try closeWhileReading() },
    Check("disk-busy") { try busy() },
  ]

  private static let path = "/dev/vda"
  static let length = 65536
  static let count = 8

  /// The disk, opened without the page cache, and its contents.
  final class Disk {
    let descriptor: Int32
    let blocks: [[UInt8]]

    init() throws {
      let plain = open(path, O_RDONLY | O_CLOEXEC)
      guard plain >= 0 else { throw CheckNotPossible(reason: "\(path) is needed: --disk, and CONFIG_VIRTIO_BLK") }
      defer { close(plain) }
      blocks = try (0..<count).map { index in
        var bytes = [UInt8](repeating: 0, count: length)
        let got = pread(plain, &bytes, length, off_t(index * length))
        guard got == length else { throw CheckFailure("\(path) holds less than \(count * length) bytes") }
        return bytes
      }
      guard Set(blocks).count == count else { throw CheckFailure("\(path): some blocks are alike, and hide mistakes") }
      descriptor = try succeed("open \(path) with O_DIRECT", cchecks_reopen_direct(path))
    }

    deinit { close(descriptor) }
  }

  /// Submits one read for each block, without waiting.
  private static func submit(_ disk: Disk, _ ring: CheckRing) {
    for index in 0..<count {
      let request = Request(.read)
      request.length = length
      request.prepare(
        ring.entry(), disk.descriptor, group: 0, offset: UInt64(index * length), userData: UInt64(index))
    }
    ring.submit()
  }

  static func take(_ disk: Disk, _ ring: CheckRing, _ group: Group, _ what: String) throws {
    var seen: Set<Int> = []
    while seen.count < count {
      let reply = try ring.wait(what)
      if reply.userData == 0xBAC0 {
        try expect("\(what): a hand-back before the data", reply.outcome, .failure(EINVAL))
        continue
      }
      try expect(what, reply.result, length)
      guard let buffer = reply.buffer, seen.insert(buffer).inserted else { throw CheckFailure("\(what): \(reply)") }
      try group.check(buffer, holds: disk.blocks[Int(reply.userData)][...], what)
    }
  }

  /// A buffer can't be handed back while it is being read into. After that it can be handed back once.
  private static func reads() throws {
    let (disk, ring) = (try Disk(), try CheckRing())
    let group = try Group(ring, entries: count, size: length)
    for round in 0..<3 {
      group.setGuard()
      submit(disk, ring)
      // The kernel takes back all or none, and sees this request before the last read is done.
      Group.provide(ring.entry(), id: 0, first: 0, count: Int32(count))
      ring.submit()
      try take(disk, ring, group, "round \(round)")
      try expect("hand-back", try group.provide(0, count), .success)
      try expect("hand-back again", try group.provide(0, count), .failure(EINVAL))
    }
  }

  /// The disk takes 256 requests at once. The kernel starts the other reads again from io-wq, with the same buffers.
  static func busy(_ makeRing: () throws -> CheckRing = { try CheckRing(entries: 512) }) throws {
    let disk = try Disk()
    // Every second page, so that neighbours are not merged into one request.
    let pages = (0..<64).map { index in
      let start = 2 * index % 16 * pageSize
      return disk.blocks[2 * index / 16][start..<(start + pageSize)]
    }
    func read() throws {
      let ring = try makeRing()
      let group = try Group(ring, entries: 512)
      let many = 400
      for index in 0..<many {
        let request = Request(.read)
        request.length = pageSize
        let offset = UInt64(index % pages.count * 2 * pageSize)
        request.prepare(ring.entry(), disk.descriptor, group: 0, offset: offset, userData: UInt64(index))
      }
      ring.submit()
      var seen: Set<Int> = []
      for _ in 0..<many {
        let reply = try ring.wait("reads of a busy disk")
        try expect("a read of a busy disk", reply.result, pageSize)
        guard let buffer = reply.buffer, seen.insert(buffer).inserted else { throw CheckFailure("\(reply)") }
        try group.check(buffer, holds: pages[Int(reply.userData) % pages.count], "a busy disk")
      }
      for buffer in 0..<group.entries {
        let expected: Outcome = seen.contains(buffer) ? .success : .failure(EINVAL)
        try expect("hand-back of \(buffer) after reads of a busy disk", try group.provide(buffer), expected)
      }
    }
    try read()
    let before = MemoryUse.settled()
    try read()
    try MemoryUse.expectReturn(to: before, "reads of a busy disk")
  }

  /// The data goes to the old group's memory. The memory of the new group with the same id does not change.
  private static func unregisterWhileReading() throws {
    for _ in 0..<5 {
      let (disk, ring) = (try Disk(), try CheckRing())
      let old = try Group(ring, entries: count, size: length)
      old.setGuard()
      submit(disk, ring)
      try expect("unregister", old.unregister(), .success)
      let new = try Group(ring, entries: count, size: length)
      new.setGuard()
      try take(disk, ring, old, "after its group")
      try new.checkOthers(than: [], "the new group's memory")
      try StreamChecks.expectFree(ring, new, "the new group")
    }
  }

  /// The ring and the mapping are gone when the disk answers.
  private static func closeWhileReading() throws {
    func end() throws {
      let (disk, ring) = (try Disk(), try CheckRing())
      let group = try Group(ring, entries: count, size: length)
      submit(disk, ring)
      group.unmap()
      ring.close()
      // If the pages are freed too early, these groups get them, and the disk writes into them.
      let (other, channel) = (try CheckRing(), try Channel(.unixSeqpacket))
      let others = try (0..<4).map { try Group(other, id: UInt16($0), entries: count, size: length) }
      for group in others { group.setGuard() }
      usleep(600_000)
      for group in others { try group.checkOthers(than: [], "another group") }
      try channel.send([1])
      let reply = try other.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("another group", reply.result, 1)
    }
    for _ in 0..<3 { try end() }
    let before = MemoryUse.settled()
    for _ in 0..<10 { try end() }
    try MemoryUse.expectReturn(to: before, "closing while reading")
  }
}
