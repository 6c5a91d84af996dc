import CKernelChecks
import CUring
import Glibc

/// Two threads make random calls with random and extreme arguments, on rings that both know. The kernel only has to
/// survive: no fault in its log, no memory lost.
enum Hostile {
  /// `hostile [--seed N] [--seconds S]`. The same seed makes the same choices. How the threads interleave is chance.
  static func run(_ arguments: [String]) -> Int32 {
    let seed = number("--seed", arguments) ?? UInt64(truncatingIfNeeded: time(nil))
    let seconds = number("--seconds", arguments) ?? 60
    say("hostile: seed \(seed), \(seconds) s; repeat with: kmbuf-checks hostile --seed \(seed) --seconds \(seconds)")
    do {
      let findsLeaks = KernelLeaks.isAvailable()
      // A short run first, so that the kernel has already allocated what it keeps for good.
      try Child.run("hostile", ["\(seed &+ 1)", "2"])
      let before = MemoryUse.settled()
      if findsLeaks { KernelLeaks.clear() }
      try Child.run("hostile", ["\(seed)", "\(seconds)"])
      try MemoryUse.expectReturn(to: before, extra: 1 << 10, "hostile")
      if findsLeaks { try KernelLeaks.expectNone() }
      say("ok hostile\(findsLeaks ? ", kmemleak found nothing" : ", this kernel has no kmemleak")")
      return 0
    } catch {
      say("FAILED hostile, seed \(seed): \(error)")
      return 1
    }
  }

  private static func number(_ option: String, _ arguments: [String]) -> UInt64? {
    arguments.firstIndex(of: option).flatMap { arguments.dropFirst($0 + 1).first }.flatMap { UInt64($0) }
  }

  /// The child. It has no privileges, so that locked memory is bounded and accounted.
  static func child(_ arguments: [String]) throws {
    let numbers = arguments.compactMap { UInt64($0) }
    let field = try HostileField()
    try succeed("setrlimit, setresuid", cchecks_become_nobody(192 << 20))
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let end = now.tv_sec + Int(numbers[1])
    let actors = (0..<2).map { index in HostileActor(field, seed: numbers[0] &* 2 &+ UInt64(index), end: end) }
    let workers = actors.map { actor in Worker { actor.run() } }
    for worker in workers { worker.join() }
    say(
      "   calls: "
        + actors.map(\.tally).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        .sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }
}

/// What both threads share: descriptors of files, and descriptors of rings in slots that are filled and emptied at any
/// time.
final class HostileField: Sendable {
  let rings = Shared<Int32>(-1, count: 8)
  let ringCount = 8
  let files: [Int32]
  /// Files that a read waits for. Both threads write to them.
  let counters: [Int32]
  /// The time that linked timeouts take.
  let timeout = Shared(__kernel_timespec(tv_sec: 0, tv_nsec: 300_000))

  /// Runs as root, who owns the files.
  init() throws {
    let regular = try [("/var/tmp/hostile", true), ("/var/tmp/hostile", false), ("/tmp/hostile", false)].map {
      dup(try FileChecks.File($0, 1 << 20, isDirect: $1).descriptor)
    }
    counters = try (0..<3).map { _ in try succeed("eventfd", cchecks_event_counter()) }
    files = regular + counters + [try succeed("open /dev/kmsg", open("/dev/kmsg", O_RDONLY | O_NONBLOCK))]
  }
}
