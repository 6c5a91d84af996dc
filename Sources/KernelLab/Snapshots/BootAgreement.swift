import Base

/// Boots a machine until two boots came out the same.
///
/// A boot can go wrong inside QEMU 7.2. A processor that halts says so at once, and accounts for its latest instructions a
/// little later. Where the main loop looks in between, it takes the time to the next timer from a clock that is behind, and
/// the timer fires late by as much. The main loop looks when the host lets it, after each timer: a busy host has more such
/// boots. The guest can't see it, and its kernel keeps times that are a few nanoseconds off. Of 40 boots whose main loop was
/// kept busy, 15 went wrong, and no more than two of them in one way.
struct BootAgreement<Machine: Sendable>: Sendable {
  /// A machine and what tells it from others; no digest where it is known to be wrong.
  typealias Boot = (machine: Machine, digest: String?)

  /// More boots than this that all differ are no accident.
  private static var limit: Int { 6 }

  /// The digest on which two boots agreed earlier; nil where there was none.
  var known: String?
  /// Boots that begin at once.
  var atOnce: Int
  /// Boots the machine; the number of the boot counts from 0.
  var boot: @Sendable (_ number: Int) async throws -> Boot

  /// - Returns: the first boot that agrees with an earlier one. A known digest that no boot has any more does not count: two
  ///   boots that agree with each other are right.
  /// - Throws: `failed` when all boots differ; what `boot` throws.
  func reached() async throws -> (machine: Machine, digest: String) {
    try await withThrowingTaskGroup(of: Boot.self) { group in
      var seen = Set([known].compactMap { $0 })
      var (started, running) = (0, 0)
      func start() {
        group.addTask { [started] in try await boot(started) }
        started += 1
        running += 1
      }
      for _ in 0..<atOnce { start() }
      while let finished = try await group.next() {
        running -= 1
        if let digest = finished.digest, !seen.insert(digest).inserted { return (finished.machine, digest) }
        if running == 0, started < Self.limit { start() }
      }
      throw RingbenchError.failed(
        "no two of \(started) boots gave the same machine, so that no digit can be relied on: try again while the host is less"
          + " busy; QEMU 7.2 is known to boot alike")
    }
  }
}
