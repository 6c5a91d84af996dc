import CUring
import Glibc

/// Rings that poll for completions (`IORING_SETUP_IOPOLL`).
enum PollChecks {
  static let all = [
    Check("iopoll-refused") { try refused() },
    Check("disk-iopoll") { try reads() },
    Check("disk-iopoll-busy") { try busy() },
  ]

  private static func ring(entries: UInt32 = 64) throws -> CheckRing {
    try CheckRing(entries: entries, flags: UInt32(IORING_SETUP_IOPOLL))
  }

  /// All buffers are free. A ring that polls receives from no socket, so that the hand-backs have to tell.
  private static func expectFree(_ group: Group, _ what: String) throws {
    for buffer in 0..<group.entries {
      try expect("\(what): hand-back of \(buffer), which is free", try group.provide(buffer), .failure(EINVAL))
    }
    let head = try group.head()
    try expect("\(what): hand-back of all, which are free", try group.provide(0, group.entries), .failure(EINVAL))
    try expect("\(what): head", try group.head(), head)
  }

  /// Reads that the file or its device can't poll for. They fail, however many, and lose no buffer.
  private static func refused() throws {
    let files = [
      try FileChecks.File("/tmp/poll", 1 << 16, isDirect: false),
      try FileChecks.File("/var/tmp/poll", 1 << 16, isDirect: false),
      try FileChecks.File("/var/tmp/poll", 1 << 16, isDirect: true),
    ]
    for (index, file) in files.enumerated() {
      for receive in [Receive.read, .readv] {
        for isAsynchronous in [false, true] {
          let what = "\(receive.rawValue) of file \(index)\(isAsynchronous ? " from io-wq" : "")"
          let ring = try ring()
          let group = try Group(ring, entries: 4)
          group.setGuard()
          for round in 0..<12 {
            let request = Request(receive)
            request.isAsynchronous = isAsynchronous
            let reply = try ring.complete { request.prepare($0, file.descriptor, group: 0, offset: 0) }
            try expect("\(what), round \(round)", reply.outcome, .failure(EOPNOTSUPP))
            if let buffer = reply.buffer { try expect("\(what): hand-back", try group.provide(buffer), .success) }
          }
          try group.checkOthers(than: [], what)
          try expectFree(group, what)
        }
      }
    }
  }

  /// Direct reads of a disk with queues for polling: `--cpus 2 --append virtio_blk.poll_queues=1`.
  private static func reads() throws {
    try needPollingDisk()
    let disk = try DiskChecks.Disk()
    for receive in [Receive.read, .readv] {
      for isAsynchronous in [false, true] {
        let what = "\(receive.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        try readRounds(disk, receive, isAsynchronous, what)
      }
    }
  }

  private static func busy() throws {
    try needPollingDisk()
    try DiskChecks.busy { try ring(entries: 512) }
  }

  private static func needPollingDisk() throws {
    guard readFile("/sys/block/vda/queue/io_poll").hasPrefix("1") else {
      throw CheckNotPossible(
        reason: "the disk can't be polled: --disk FILE --cpus 2 --append virtio_blk.poll_queues=1")
    }
  }

  private static func readRounds(
    _ disk: DiskChecks.Disk, _ receive: Receive, _ isAsynchronous: Bool, _ what: String
  ) throws {
    let ring = try ring()
    let group = try Group(ring, entries: DiskChecks.count, size: DiskChecks.length)
    for round in 0..<4 {
      group.setGuard()
      let requests = (0..<DiskChecks.count).map { _ in Request(receive) }
      for (index, request) in requests.enumerated() {
        (request.length, request.isAsynchronous) = (DiskChecks.length, isAsynchronous)
        let offset = UInt64(index * DiskChecks.length)
        request.prepare(ring.entry(), disk.descriptor, group: 0, offset: offset, userData: UInt64(index))
      }
      ring.submit()
      try DiskChecks.take(disk, ring, group, "\(what), round \(round)")
      withExtendedLifetime(requests) {}
      try expect("\(what): hand-back", try group.provide(0, DiskChecks.count), .success)
    }
    try expectFree(group, what)
  }
}
