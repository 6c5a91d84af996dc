import CUring
import Glibc

/// A request that waits for data in line has no buffer meanwhile: there may be more of them than buffers.
enum WaitingChecks {
  static var all: [Check] {
    let waits = IdleFile.Kind.allCases.flatMap { kind in
      Receive.allCases.filter { !$0.isMultishot && ($0.isRead || kind.isSocket) }.map { receive in
        Check("waiting-\(kind.rawValue)-\(receive.rawValue)") { try waiting(kind, receive, isPollFirst: false) }
      }
    }
    let pollFirst = [Receive.recv, .recvmsg].map { receive in
      Check("poll-first-\(receive.rawValue)") {
        for kind in IdleFile.Kind.allCases where kind.isSocket { try waiting(kind, receive, isPollFirst: true) }
      }
    }
    // A terminal refuses RWF_NOWAIT.
    let noWaits = IdleFile.Kind.allCases.filter { $0 != .terminal }.map { kind in
      Check("nowait-\(kind.rawValue)") { try noWait(kind) }
    }
    return waits + pollFirst + noWaits + [Check("waiting-in-io-wq") { try inWorkers() }]
  }

  private static let buffers = 8

  /// Far more requests wait than there are buffers. A receive with data ready still finds one, and so does each of the
  /// others when its own data arrives.
  private static func waiting(_ kind: IdleFile.Kind, _ receive: Receive, isPollFirst: Bool) throws {
    for isDeferred in [false, true] {
      let what = "\(receive.rawValue) on \(kind.rawValue)\(isDeferred ? ", deferred" : "")"
      let ring = try isDeferred ? CheckRing.deferred() : CheckRing()
      let group = try Group(ring, entries: buffers)
      group.setGuard()
      let files = try (0..<(3 * buffers)).map { _ in try IdleFile(kind) }
      let requests = files.map { _ in Request(receive) }
      for (index, request) in requests.enumerated() {
        request.isPollFirst = isPollFirst
        request.prepare(ring.entry(), files[index].descriptor, group: 0, userData: UInt64(100 + index))
      }
      try expect("\(what): submitted", ring.submit(), Int32(files.count))
      try ring.expectSilence("\(what): nothing has arrived")
      let ready = try IdleFile(.unixSeqpacket)
      let data = try ready.feed(50)
      let first = try ring.complete { Request(.read).prepare($0, ready.descriptor, group: 0) }
      try expect("\(what): a read with data ready beside \(files.count) that wait", first.result, data.count)
      try verify(first, data, group, what)
      for index in files.indices.reversed() {
        let data = try files[index].feed(index)
        let reply = try ring.wait("\(what), file \(index)")
        try expect("\(what): the request that completes", reply.userData, UInt64(100 + index))
        try expect("\(what): length", reply.result, data.count)
        try verify(reply, data, group, what)
      }
      withExtendedLifetime(requests) {}
      try StreamChecks.expectFree(ring, group, what)
    }
  }

  private static func verify(_ reply: Reply, _ data: [UInt8], _ group: Group, _ what: String) throws {
    guard let buffer = reply.buffer else { throw CheckFailure("\(what): no buffer, \(reply)") }
    try group.check(buffer, holds: data[...], what)
    try group.checkOthers(than: [buffer], what)
    group.setGuard(buffer)
    try expect("\(what): hand-back", try group.provide(buffer), .success)
  }

  /// A read that must not wait fails, and its completion names no buffer, however often this happens.
  private static func noWait(_ kind: IdleFile.Kind) throws {
    for receive in [Receive.read, .readv] {
      for isAsynchronous in [false, true] {
        let what = "\(receive.rawValue) on \(kind.rawValue)\(isAsynchronous ? " from io-wq" : "")"
        let (ring, file) = (try CheckRing(), try IdleFile(kind))
        let group = try Group(ring, entries: buffers)
        group.setGuard()
        for round in 0..<(8 * buffers) {
          let request = Request(receive)
          (request.isAsynchronous, request.mustNotWait) = (isAsynchronous, true)
          let reply = try ring.complete { request.prepare($0, file.descriptor, group: 0) }
          try expect("\(what), round \(round)", reply.outcome, .failure(EAGAIN))
          guard let buffer = reply.buffer else { continue }
          // As with other rings, a read from io-wq has taken its buffer for good.
          try require(isAsynchronous, "\(what), round \(round): a buffer without data, \(reply)")
          try expect("\(what): hand-back", try group.provide(buffer), .success)
        }
        try group.checkOthers(than: [], what)
        let data = try file.feed(1)
        let reply = try ring.complete { Request(receive).prepare($0, file.descriptor, group: 0) }
        try expect("\(what), with data", reply.result, data.count)
        try verify(reply, data, group, what)
        try StreamChecks.expectFree(ring, group, what)
      }
    }
  }

  /// A read in io-wq keeps its buffer while it waits, as with other rings. `RECV` gives it back there, too.
  private static func inWorkers() throws {
    for kind in IdleFile.Kind.allCases where kind != .terminal {
      for receive in [Receive.read, .readv, .recv, .recvmsg] where receive.isRead || kind.isSocket {
        let what = "\(receive.rawValue) on \(kind.rawValue) from io-wq"
        let ring = try CheckRing()
        let group = try Group(ring, entries: 4)
        let files = try (0..<4).map { _ in try IdleFile(kind) }
        let requests = files.map { _ in Request(receive) }
        for (index, request) in requests.enumerated() {
          request.isAsynchronous = true
          request.prepare(ring.entry(), files[index].descriptor, group: 0, userData: UInt64(100 + index))
        }
        ring.submit()
        try settle(ring, group, expected: receive.isRead ? 4 : 0, what)
        let ready = try IdleFile(.unixSeqpacket)
        let data = try ready.feed(1)
        let next = try ring.complete { Request(.recv).prepare($0, ready.descriptor, group: 0) }
        try expect("\(what): one more", next.outcome, receive.isRead ? .failure(ENOBUFS) : Outcome(Int32(data.count)))
        if let buffer = next.buffer { try expect("\(what): hand-back", try group.provide(buffer), .success) }
        for (index, file) in files.enumerated() {
          let data = try file.feed(index)
          let reply = try ring.wait(what)
          try expect("\(what): the request that completes", reply.userData, UInt64(100 + index))
          guard let buffer = reply.buffer else { throw CheckFailure("\(what): no buffer, \(reply)") }
          try require(group.bytes(buffer).prefix(data.count).elementsEqual(data), "\(what): wrong data")
          try expect("\(what): hand-back", try group.provide(buffer), .success)
        }
        withExtendedLifetime(requests) {}
        try StreamChecks.expectFree(ring, group, what)
      }
    }
  }

  /// Waits until the workers have issued the requests. The group's head says how many buffers they keep.
  private static func settle(_ ring: CheckRing, _ group: Group, expected: Int, _ what: String) throws {
    for _ in 0..<600 {
      usleep(10_000)
      try ring.expectSilence(what)
      if try group.head() == expected { break }
    }
    usleep(20_000)
    try expect("\(what): buffers in use while all wait", try group.head(), expected)
  }
}
