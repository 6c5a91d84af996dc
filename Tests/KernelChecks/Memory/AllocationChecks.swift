import CUring
import Glibc

/// Allocations that fail, one after the other. Nothing is lost, and no buffer is in two places.
enum AllocationChecks {
  static let all = [
    Check("allocation-failure-register") { try register() },
    Check("allocation-failure-halfway") { try halfway() },
    Check("allocation-failure-mmap") { try map() },
    Check("allocation-failure-receive") { try receive() },
  ]

  /// Small buffers; contiguous ones with a refill page; buffers that can't be contiguous.
  private static let shapes: [(Int, Int, Bool)] = [(4, 4096, false), (4, 16384, true), (1, 5 << 20, true)]

  private static func registration(_ shape: (Int, Int, Bool)) -> curing_buf_reg {
    var registration = curing_buf_reg()
    (registration.ring_entries, registration.ring_addr) = (UInt32(shape.0), UInt64(shape.1))
    registration.flags = Group.mmapFlag | Group.managedFlag | (shape.2 ? Group.refillFlag : 0)
    return registration
  }

  /// Takes the outcome of a registration that may have failed, and leaves no group.
  private static func finish(_ ring: CheckRing, _ outcome: Outcome, _ what: String) throws {
    let next = Group.unregister(ring, id: 0)
    if outcome == .success {
      try expect("\(what): unregister", next, .success)
    } else {
      try expect(what, outcome, .failure(ENOMEM))
      try expect("\(what): unregister after a failure", next, .failure(ENOENT))
    }
  }

  /// The Nth allocation of a registration fails, for every N that there is.
  private static func register() throws {
    let (faults, ring) = (try FaultInjection(), try CheckRing())
    for shape in shapes {
      let cycle = { () throws -> (Int, Int) in
        var (number, refused) = (1, 0)
        while true {
          var registration = registration(shape)
          var outcome = Outcome.success
          let hasFailed = try faults.failing(number) {
            outcome = Outcome(curing_register_buf_ring(ring.handle, &registration))
          }
          try finish(ring, outcome, "\(shape.0) buffers of \(shape.1), allocation \(number) fails")
          if !hasFailed { break }
          if outcome != .success { refused += 1 }
          // Pages in pieces are like each other: not every one of them.
          number += number > 40 ? 97 : 1
        }
        return (number, refused)
      }
      let (count, _) = try cycle()
      let before = MemoryUse.settled()
      // The debugging checks allocate as well, now and then: the same number is another allocation in another cycle.
      var refused = 0
      for _ in 0..<MemoryUse.cyclesForOnePage { refused += try cycle().1 }
      let isEnough = refused > 2 * MemoryUse.cyclesForOnePage
      try require(isEnough, "\(shape): in \(MemoryUse.cyclesForOnePage) rounds only \(refused) failures were noticed")
      try MemoryUse.expectReturn(
        to: before, "\(shape.0) buffers of \(shape.1), \(count) allocations, \(refused) failures")
    }
  }

  /// After so many pages, or bytes of slabs, no allocation succeeds any more.
  private static func halfway() throws {
    let (faults, ring) = (try FaultInjection(), try CheckRing())
    for (kind, step) in [("fail_page_alloc", 1), ("failslab", 64)] {
      for shape in shapes {
        let what = "\(shape.0) buffers of \(shape.1), \(kind)"
        let cycle = { () throws -> Int in
          var (space, refused) = (0, 0)
          while true {
            var registration = registration(shape)
            let outcome = try faults.register(ring, &registration, failing: kind, after: space)
            try finish(ring, outcome, "\(what) after \(space)")
            if outcome == .success { return refused }
            refused += 1
            space += max(step, space / 10)
          }
        }
        let refused = try cycle()
        try require(refused > 2, "\(what): only \(refused) registrations failed")
        let before = MemoryUse.settled()
        for _ in 0..<MemoryUse.cyclesForOnePage { _ = try cycle() }
        // Where pages fail, tables come from vmalloc. KASAN's shadow of freed areas stays until the kernel purges them:
        // page_owner names it, and no page of a group.
        try MemoryUse.expectReturn(to: before, extra: 512, "\(what), \(refused) failures")
      }
    }
  }

  private static func map() throws {
    let (faults, ring) = (try FaultInjection(), try CheckRing())
    for shape in [(4, 4096, false), (64, 65536, true)] {
      let byteCount = Group.byteCount(shape.0, shape.1, shape.2)
      let cycle = { () throws -> Int in
        var (number, refused) = (1, 0)
        while true {
          let registered = Group.register(
            ring, id: 0, entries: UInt32(shape.0), size: UInt64(shape.1), hasRefill: shape.2)
          try expect("register", registered, .success)
          var (mapping, error): (UnsafeMutableRawPointer?, Int32) = (nil, 0)
          let hasFailed = try faults.failing(number) {
            mapping = Group.map(ring, id: 0, byteCount: byteCount)
            error = errno
          }
          if mapping == nil {
            try expect("mmap, allocation \(number) fails", error, ENOMEM)
            refused += 1
          }
          try expect("unregister", Group.unregister(ring, id: 0), .success)
          if let mapping {
            memset(mapping, 1, byteCount)
            munmap(mapping, byteCount)
          }
          if !hasFailed { return refused }
          number += 1
        }
      }
      let refused = try cycle()
      try require(refused > 0, "mmap never failed")
      let before = MemoryUse.settled()
      for _ in 0..<MemoryUse.cyclesForOnePage { _ = try cycle() }
      try MemoryUse.expectReturn(to: before, "mmap of \(byteCount) bytes, \(refused) failures")
    }
  }

  /// Requests that fail at any allocation. A buffer that no completion names is free again.
  private static func receive() throws {
    let faults = try FaultInjection()
    let file = try FileChecks.File("/var/tmp/allocation", 1 << 16, isDirect: true)
    var failures = 0
    for transport in Transport.allCases {
      for receive in Receive.allCases where receive.isPossible(on: transport) {
        for (isReady, isAsynchronous) in [(true, false), (false, false), (true, true)] {
          let what = "\(receive.rawValue) on \(transport.rawValue)\(isReady ? "" : ", data later")"
          failures += try eachFailure(faults, receive, what) { request, failing in
            let channel = try Channel(transport)
            request.isAsynchronous = isAsynchronous
            if isReady { try channel.send(payload(1, 100)) }
            try failing(channel.receiver)
            if !isReady { try channel.send(payload(1, 100)) }
            return channel
          }
        }
      }
    }
    for receive in [Receive.read, .readv] {
      failures += try eachFailure(faults, receive, "\(receive.rawValue) of a file") { _, failing in
        try failing(file.descriptor)
        return nil
      }
    }
    say("   \(failures) requests failed for an allocation")
    try require(failures > 20, "only \(failures) requests failed for an allocation")
  }

  /// Runs a request for every N, the Nth allocation failing while it is submitted.
  ///
  /// - Returns: how many have failed.
  private static func eachFailure(
    _ faults: FaultInjection, _ receive: Receive, _ what: String,
    _ run: (Request, (Int32) throws -> Void) throws -> Channel?
  ) throws -> Int {
    var failures = 0
    for number in 1..<60 {
      let ring = try CheckRing()
      let group = try Group(ring, entries: 4)
      let request = Request(receive)
      var hasFailed = false
      let channel = try run(request) { descriptor in
        request.prepare(ring.entry(), descriptor, group: 0, offset: receive.isRead ? 0 : ~0)
        hasFailed = try faults.failing(number) { ring.submit() }
        // A submission without memory leaves the request where it was.
        ring.submit()
      }
      let reply = try ring.wait("\(what), allocation \(number) fails")
      if reply.result < 0 { failures += 1 }
      let errors: [Outcome] = [.failure(ENOMEM), .failure(ENOBUFS), .failure(EFAULT), .failure(EAGAIN)]
      try require(reply.result > 0 || errors.contains(reply.outcome), "\(what), allocation \(number) fails: \(reply)")
      if let buffer = reply.buffer {
        try expect("\(what), allocation \(number): hand-back", try group.provide(buffer), .success)
      }
      if reply.hasMore {
        ring.cancel(1)
        _ = try (ring.wait(), ring.wait())
      }
      try StreamChecks.expectFree(ring, group, "\(what), allocation \(number) fails")
      withExtendedLifetime((channel, request)) {}
      if !hasFailed { break }
    }
    return failures
  }
}
