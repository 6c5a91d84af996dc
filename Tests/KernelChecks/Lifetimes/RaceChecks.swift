import CKernelChecks
import CUring
import Glibc

/// Workers fill buffers while another thread tries to hand back any buffer. All data is verified.
enum RaceChecks {
  static let all = [Check("race-guessed-hand-backs") { try GuessRace().run() }]
}

/// One ring whose reads run in io-wq, and a thread that guesses ids.
///
/// A guess that hits a buffer which is out succeeds, as a hand-back should, and its completion says so. The thread that
/// verifies therefore knows which buffers are out, and whose data may have been overwritten.
private final class GuessRace: @unchecked Sendable {
  private static let entries = 8
  private static let guessTag: UInt64 = 1 << 32
  /// How many reads run at once. There are more buffers, so that some are always free.
  private static let depth = 6

  private let ring: CheckRing
  private let group: Group
  private let files: [FileChecks.File]
  private let pipes: [Channel]
  /// Held by the thread that submits, or that looks at the replies.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let stop = Shared<Int32>(0)
  private var random = Random(seed: 5)

  /// What each read has to get.
  private var expected: [UInt64: ArraySlice<UInt8>] = [:]
  /// Namings of a buffer minus its hand-backs.
  private var out = [Int](repeating: 0, count: entries)
  /// Whether a guess has hit the buffer in this round.
  private var isHit = [Bool](repeating: false, count: entries)
  private var (hits, misses, verified) = (0, 0, 0)

  init() throws {
    ring = try CheckRing(entries: 256)
    group = try Group(ring, entries: Self.entries, size: 16384)
    files = [
      try FileChecks.File("/tmp/race", 1 << 20, isDirect: false),
      try FileChecks.File("/var/tmp/race", 1 << 20, isDirect: true),
    ]
    pipes = try (0..<Self.depth).map { _ in try Channel(.pipe) }
    pthread_mutex_init(lock, nil)
  }

  func run() throws {
    let enough = MemoryUse.isDebugging ? 200 : 1000
    let worker = Worker { self.guess() }
    defer {
      cchecks_store(stop.at, 1)
      worker.join()
    }
    var round = 0
    while round < 100 || verified < enough || misses < enough {
      round += 1
      try require(round < 100 * enough, "after \(round) rounds: \(verified) reads verified, \(misses) guesses missed")
      try locked { try submit(round) }
      while !expected.isEmpty {
        // The completion queue belongs to this thread, also while the other one submits.
        let first = try ring.wait("reads of round \(round)")
        try locked { try take(first) }
      }
      try locked { try settle(round) }
    }
    say("   \(verified) reads were verified; \(hits) guesses were hits, \(misses) were none")
  }

  private func locked(_ work: () throws -> Void) throws {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    try work()
  }

  /// The other thread. Most of its ids are not out.
  private func guess() {
    var random = Random(seed: 6)
    while cchecks_load32(UnsafeRawPointer(stop.at).assumingMemoryBound(to: UInt32.self)) == 0 {
      pthread_mutex_lock(lock)
      for _ in 0..<4 {
        let first = UInt64(random.below(Self.entries))
        let entry = ring.entry()
        Group.provide(entry, id: 0, first: first, count: 1)
        entry.pointee.user_data = Self.guessTag | first
      }
      ring.submit()
      pthread_mutex_unlock(lock)
      usleep(UInt32(random.below(300)))
    }
  }

  /// Reads of pipes and of files, with and without the page cache, all in io-wq.
  private func submit(_ round: Int) throws {
    var requests: [Request] = []
    for (index, pipe) in pipes.enumerated() {
      let request = Request(random.chance(50) ? .read : .readv)
      let name = UInt64(round * Self.depth + index)
      request.isAsynchronous = true
      request.length = 4096 * (1 + random.below(4))
      let offset = random.below(200) << 12
      if random.chance(30) {
        let data = payload(Int(name), 1 + random.below(request.length))
        try pipe.send(data)
        expected[name] = data[...]
        request.prepare(ring.entry(), pipe.receiver, group: 0, userData: name)
      } else {
        let file = random.pick(files)
        expected[name] = file.data[offset..<(offset + request.length)]
        request.prepare(ring.entry(), file.descriptor, group: 0, offset: UInt64(offset), userData: name)
      }
      requests.append(request)
    }
    ring.submit()
    withExtendedLifetime(requests) {}
  }

  /// Every hand-back so far has completed, since the other thread waits: its completion is among the replies.
  private func take(_ first: Reply) throws {
    var replies = [first]
    while let reply = ring.poll() { replies.append(reply) }
    for reply in replies where reply.userData & Self.guessTag != 0 {
      if reply.outcome == .failure(EINVAL) {
        misses += 1
        continue
      }
      try expect("a guess", reply.outcome, .success)
      let buffer = Int(reply.userData & 0xFFFF)
      out[buffer] -= 1
      isHit[buffer] = true
      hits += 1
    }
    for reply in replies where reply.userData & Self.guessTag == 0 {
      guard let data = expected.removeValue(forKey: reply.userData) else { throw CheckFailure("a stray \(reply)") }
      try expect("read \(reply.userData)", reply.result, data.count)
      guard let buffer = reply.buffer, buffer < Self.entries else { throw CheckFailure("\(reply)") }
      out[buffer] += 1
      try require(out[buffer] <= 1, "buffer \(buffer) was named twice while it was out, \(reply)")
      if isHit[buffer] { continue }
      let isRight = group.bytes(buffer).prefix(data.count).elementsEqual(data)
      try require(isRight, "read \(reply.userData): wrong data in buffer \(buffer)")
      verified += 1
    }
  }

  /// Nothing is in flight: a buffer is out or free, and what is out can be handed back once.
  private func settle(_ round: Int) throws {
    while let reply = ring.poll() { try take(reply) }
    for buffer in 0..<Self.entries {
      try require(out[buffer] == 0 || out[buffer] == 1, "buffer \(buffer): \(out[buffer]) more namings than hand-backs")
      let back = try group.provide(buffer)
      try expect("round \(round), hand-back of \(buffer)", back, out[buffer] == 1 ? .success : .failure(EINVAL))
      (out[buffer], isHit[buffer]) = (0, false)
    }
    if round % 50 == 0 { try StreamChecks.expectFree(ring, group, "round \(round)") }
  }
}
