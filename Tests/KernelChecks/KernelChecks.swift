import Glibc

/// `kmbuf-checks`: runs in a guest whose kernel has kernel-managed buffer rings.
///
/// Exit status: 0 all checks held, 1 a check failed, 2 bad usage.
@main
enum KernelChecks {
  static let all: [Check] = [
    RegisterChecks.all, TransferChecks.all, FileChecks.all, LaterChecks.all, StreamChecks.all, WaitAllChecks.all,
    WaitingChecks.all,
    TimeoutChecks.all, OverflowChecks.all, StatusChecks.all, ExhaustionChecks.all, HandBackChecks.all,
    ProvideChecks.all, RefusalChecks.all, RefillChecks.all,
    ScribbleChecks.all, IsolationChecks.all, MemoryChecks.all, LockedMemoryChecks.all, LifetimeChecks.all,
    DiskChecks.all, PollChecks.all, RaceChecks.all, CgroupChecks.all,
    AllocationChecks.all, KilledChecks.all,
  ].flatMap { $0 }

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let first = arguments.first else { usage() }
    switch first {
    case "list": for check in all { say(check.name) }
    case "child": child(arguments.dropFirst().first ?? "", Array(arguments.dropFirst(2)))
    case "hostile": exit(withDataRaces { Hostile.run(arguments) })
    default: exit(withDataRaces { run(arguments) })
    }
  }

  /// Runs checks while the kernel looks for data races, if it can.
  private static func withDataRaces(_ checks: () -> Int32) -> Int32 {
    do {
      try DataRaces.find()
      let status = checks()
      try DataRaces.expectWatched()
      return status
    } catch {
      say("FAILED \(error)")
      return 1
    }
  }

  /// The part of a check that runs in a process of its own.
  private static func child(_ part: String, _ arguments: [String]) -> Never {
    do {
      switch part {
      case "hostile": try Hostile.child(arguments)
      case _ where try LockedMemoryChecks.run(part) != nil || CgroupChecks.run(part) != nil: break
      case "register-killed": try KilledChecks.register(arguments)
      default: try ExitParts.run(part)
      }
      exit(0)
    } catch {
      say("child \(part): \(error)", to: STDERR_FILENO)
      exit(1)
    }
  }

  /// Runs the checks whose names begin with one of the words.
  private static func run(_ words: [String]) -> Int32 {
    let chosen = all.filter { check in words.contains { $0 == "all" || check.name.hasPrefix($0) } }
    guard !chosen.isEmpty else { usage() }
    // kmemleak reports the leaks of all checks together.
    let last = MemoryUse.isDebugging ? [Check("kmemleak") { try KernelLeaks.expectNone() }] : []
    if MemoryUse.isDebugging { KernelLeaks.clear() }
    var failures = 0
    for check in chosen + last {
      do {
        try check.run()
        say("ok \(check.name)")
      } catch let reason as CheckNotPossible {
        say("not run \(check.name): \(reason.reason)")
        // A check that was named in full has to run.
        if words.contains(check.name) { failures += 1 }
      } catch {
        say("FAILED \(check.name): \(error)")
        failures += 1
      }
    }
    say("\(chosen.count + last.count) checks, \(failures) failed")
    return failures == 0 ? 0 : 1
  }

  private static func usage() -> Never {
    say("usage: kmbuf-checks list | all | NAME... | hostile [--seed N] [--seconds S]", to: STDERR_FILENO)
    exit(2)
  }
}
