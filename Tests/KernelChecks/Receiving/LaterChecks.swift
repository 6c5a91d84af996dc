import CKernelChecks
import CUring
import Glibc

/// Reads of files that count as always ready, but have part of their data, or none, when they are first asked.
enum LaterChecks {
  static let all = [
    Check("file-partly") { try partly() },
    Check("file-later") { try later() },
  ]

  /// A read of a short file goes on after its first part, where the file can be polled. The part has to stay in the
  /// buffer that the completion names.
  private static func partly() throws {
    let names = ["hostname", "ostype", "osrelease", "version"]
    sethostname("partly", 6)
    for receive in [Receive.read, .readv] {
      let what = "\(receive.rawValue) of /proc/sys/kernel"
      let ring = try CheckRing()
      let group = try Group(ring, entries: names.count)
      group.setGuard()
      let files = try names.map { try succeed("open \($0)", open("/proc/sys/kernel/\($0)", O_RDONLY | O_CLOEXEC)) }
      defer { for file in files { close(file) } }
      let requests = files.map { _ in Request(receive) }
      for (index, request) in requests.enumerated() {
        request.prepare(ring.entry(), files[index], group: 0, offset: 0, userData: UInt64(index))
      }
      ring.submit()
      var seen: Set<Int> = []
      for _ in names {
        let reply = try ring.wait(what)
        let data = Array(readFile("/proc/sys/kernel/" + names[Int(reply.userData)]).utf8)
        try expect(what, reply.result, data.count)
        guard let buffer = reply.buffer, seen.insert(buffer).inserted else { throw CheckFailure("\(what): \(reply)") }
        try group.check(buffer, holds: data[...], "\(what), \(names[Int(reply.userData)])")
      }
      try expect("\(what): hand-back", try group.provide(0, names.count), .success)
      try StreamChecks.expectFree(ring, group, what)
    }
  }

  /// A file whose server answers a direct read when it likes (FUSE). Nobody else may get the buffer meanwhile, and its
  /// memory has to stay when its group goes.
  private static func later() throws {
    let server = try Server()
    defer { server.end() }
    let file = try succeed("open \(server.path)", cchecks_reopen_direct(server.path))
    defer { close(file) }
    for receive in [Receive.read, .readv] {
      for isUnregistered in [false, true] {
        let what = "\(receive.rawValue) of a file that answers later\(isUnregistered ? ", after its group" : "")"
        try readOnce(file, server, receive, isUnregistered, what)
      }
    }
  }

  private static func readOnce(
    _ file: Int32, _ server: Server, _ receive: Receive, _ isUnregistered: Bool, _ what: String
  ) throws {
    let ring = try CheckRing()
    let group = try Group(ring, entries: 2)
    group.setGuard()
    let request = Request(receive)
    request.length = pageSize
    request.prepare(ring.entry(), file, group: 0, offset: 8192, userData: 7)
    ring.submit()
    try server.awaitRead(what)
    let others = isUnregistered ? try replace(ring, group) : try useOther(ring, group, what)
    server.answer()
    let reply = try ring.wait(what)
    try expect(what, reply.userData, 7)
    try expect(what, reply.result, pageSize)
    guard let buffer = reply.buffer else { throw CheckFailure("\(what): \(reply)") }
    let data = (0..<pageSize).map { cchecks_served(UInt64(8192 + $0)) }
    try group.check(buffer, holds: data[...], what)
    try others.checkOthers(than: isUnregistered ? [] : [0, 1], what)
    if !isUnregistered { try expect("\(what): hand-back", try group.provide(buffer), .success) }
    try StreamChecks.expectFree(ring, others, what)
  }

  /// While the read waits, a message gets the other buffer, and the read's own can't be handed back.
  private static func useOther(_ ring: CheckRing, _ group: Group, _ what: String) throws -> Group {
    let channel = try Channel(.unixSeqpacket)
    for round in 0..<4 {
      try channel.send([UInt8(round)])
      let reply = try ring.complete { Request(.recv).prepare($0, channel.receiver, group: 0) }
      guard let buffer = reply.buffer else { throw CheckFailure("\(what), beside it: \(reply)") }
      try expect("\(what): hand-back of the busy one", try group.provide(1 - buffer), .failure(EINVAL))
      try expect("\(what): hand-back of the other", try group.provide(buffer), .success)
    }
    return group
  }

  /// Another group takes the id, and perhaps the memory, if that was freed too early.
  private static func replace(_ ring: CheckRing, _ group: Group) throws -> Group {
    try expect("unregister", group.unregister(), .success)
    let new = try Group(ring, entries: 2)
    new.setGuard()
    return new
  }

  /// A mounted file system, and the thread that serves it.
  private final class Server {
    private static let folder = "/tmp/served"
    let path = folder + "/data"
    private let connection: Int32
    private let thread: Worker
    private let asked = Shared<UInt32>(0)
    private let answered = Shared<UInt32>(0)
    private var awaited: UInt32 = 0

    init() throws {
      mkdir(Self.folder, 0o755)
      connection = cchecks_serve_mount(Self.folder)
      guard connection >= 0 else {
        throw CheckNotPossible(reason: "FUSE: \(Outcome.failure(errno)); the kernel needs CONFIG_FUSE_FS")
      }
      let (connection, asked, answered) = (connection, asked, answered)
      thread = Worker { cchecks_serve(connection, asked.at, answered.at) }
    }

    /// Waits until the kernel has asked for the next read's data.
    func awaitRead(_ what: String) throws {
      awaited += 1
      for _ in 0..<(CheckRing.patience * 100) where cchecks_load32(asked.at) < awaited { usleep(10_000) }
      try require(cchecks_load32(asked.at) == awaited, "\(what): the server was not asked")
    }

    func answer() { cchecks_store_release32(answered.at, awaited) }

    func end() {
      cchecks_store_release32(answered.at, UInt32.max)
      umount2(Self.folder, Int32(MNT_DETACH))
      thread.join()
      close(connection)
    }
  }
}
