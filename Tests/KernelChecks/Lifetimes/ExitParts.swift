import CUring
import Glibc

/// What the children of `exit-…` do before they exit without cleaning up. Each has 16 MiB of buffers, so that a few
/// lost groups are seen.
enum ExitParts {
  static func run(_ part: String) throws -> Never {
    let ring = try CheckRing(flags: UInt32(IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN))
    let group = try Group(ring, entries: 256, size: 65536, hasRefill: true)
    switch part {
    case "exit-outstanding": try outstanding(ring, group)
    case "exit-armed": try armed(ring)
    case "exit-busy": try busy(ring)
    case "exit-reading": try reading(ring)
    default: while true { try traffic(ring, group) }
    }
    _exit(0)
  }

  private static func outstanding(_ ring: CheckRing, _ group: Group) throws {
    let channel = try Channel(.unixSeqpacket)
    for message in 0..<100 {
      try channel.send(payload(message, 1000))
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      try expect("length", reply.result, 1000)
    }
  }

  /// Every receive on every transport. The multishots have data that nobody has taken.
  private static func armed(_ ring: CheckRing) throws {
    for transport in Transport.allCases {
      for receive in Receive.allCases where receive.isPossible(on: transport) {
        let channel = Unmanaged.passRetained(try Channel(transport)).takeUnretainedValue()
        let request = Unmanaged.passRetained(Request(receive)).takeUnretainedValue()
        request.prepare(ring.entry(), channel.receiver, group: 0)
        if receive.isMultishot { try channel.send(payload(1, 1000)) }
      }
    }
    ring.submit()
  }

  /// Receives that hold a buffer, because a part of their data has arrived.
  private static func busy(_ ring: CheckRing) throws {
    for index in 0..<40 {
      let channel = Unmanaged.passRetained(try Channel(index % 2 == 0 ? .tcp : .unixStream)).takeUnretainedValue()
      let request = Unmanaged.passRetained(Request(.recv)).takeUnretainedValue()
      (request.length, request.messageFlags, request.isAsynchronous) = (5000, Int32(MSG_WAITALL), index % 4 >= 2)
      try channel.send(payload(1, 1000))
      request.prepare(ring.entry(), channel.receiver, group: 0)
    }
    ring.submit()
    usleep(2000)
    _ = ring.poll()
  }

  /// Reads of a file that run in io-wq, and reads of pipes that wait in io-wq.
  private static func reading(_ ring: CheckRing) throws {
    let path = "/var/tmp/reading-\(getpid())"
    let file = try FileChecks.File(path, 1 << 20, isDirect: true)
    for index in 0..<60 {
      let request = Unmanaged.passRetained(Request(index % 2 == 0 ? .read : .readv)).takeUnretainedValue()
      request.isAsynchronous = true
      request.prepare(ring.entry(), file.descriptor, group: 0, offset: UInt64(index % 16) << 16)
    }
    for _ in 0..<20 {
      let channel = Unmanaged.passRetained(try Channel(.pipe)).takeUnretainedValue()
      let request = Unmanaged.passRetained(Request(.read)).takeUnretainedValue()
      request.isAsynchronous = true
      request.prepare(ring.entry(), channel.receiver, group: 0)
    }
    ring.submit()
  }

  private static func traffic(_ ring: CheckRing, _ group: Group) throws {
    let channel = try Channel(.tcp)
    let request = Request(.recvMultishot)
    request.prepare(ring.entry(), channel.receiver, group: 0)
    for message in 0..<100 {
      try channel.send(payload(message, 3000))
      ring.submit()
      let reply = try ring.wait()
      if let buffer = reply.buffer { Group.provide(ring.entry(), id: 0, first: UInt64(buffer), count: 1) }
    }
    ring.cancel(1)
    while try ring.wait().userData != 1 {}
    while ring.poll() != nil {}
  }
}
