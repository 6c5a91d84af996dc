import Base
import Processes

/// Judges how a machine ended. Everything except an explicit end is a failure.
enum GuestVerdict {
  /// - Throws: `badInput` and `cannotRun` when the guest reports them; `failed` for everything else that went wrong.
  static func check(
    _ end: GuestEnd?, _ process: MachineProcess.End, _ console: ConsoleLog, _ options: MachineOptions
  ) throws {
    let hasSaid = end != nil
    let isTooSmall = process.lastErrorLine?.contains("initrd is too large") == true
    if !hasSaid, console.ranOutOfMemory || isTooSmall {
      let more = "it has \(options.megabytes) MiB: give it more with --memory"
      throw RingbenchError.failed("the guest ran out of memory: \(more)", console: console.tail())
    }
    if let panic = console.panic {
      if panic.contains("Unable to mount root fs") {
        throw RingbenchError.failed("the guest's kernel takes no initramfs: build in CONFIG_BLK_DEV_INITRD")
      }
      throw RingbenchError.failed("the guest's kernel panicked: \(panic)", console: console.tail(40))
    }
    guard console.report.isEmpty else {
      throw RingbenchError.failed("the guest's kernel reported a fault", console: console.report)
    }
    guard let end else {
      throw RingbenchError.failed(silence(process, console, options), console: console.tail())
    }
    // The sentence says it all, and the fault is in the kernel's configuration: not status 77, which in a comparison means
    // that the kernel lost what it could do.
    if let missing = MissingPart.allCases.first(where: { $0.sentence == end.message }) {
      throw RingbenchError.failed(missing.sentence)
    }
    switch ExitStatus(rawValue: end.status) {
    case .done: return
    case .badInput: throw RingbenchError.badInput("in the guest: \(end.message ?? "bad input")")
    case .cannotRun: throw RingbenchError.cannotRun("in the guest: \(end.message ?? "nothing can run")")
    default:
      throw RingbenchError.failed(
        "the guest ended with status \(end.status): \(end.message ?? "it gave no reason")", console: console.tail())
    }
  }

  private static func silence(
    _ process: MachineProcess.End, _ console: ConsoleLog, _ options: MachineOptions
  ) -> String {
    let words = process.lastErrorLine ?? "it gave no reason"
    switch process.end {
    case .timedOut: return "the guest did not end within \(Int(options.timeout)) s: see --timeout"
    case .notStarted(let problem): return "QEMU did not start: \(problem)"
    case .exited(let code) where code != 0:
      return "QEMU failed with status \(code): \(words)"
    case .signalled(let signal):
      return "QEMU was ended by signal \(signal): \(words)"
    case .exited:
      let nothing = "; its console stayed empty: is CONFIG_SERIAL_8250_CONSOLE built in?"
      let last = console.lastWords.map { ": its last words: \($0)" } ?? ""
      return "the guest ended without saying how\(console.lines.isEmpty ? nothing : last)"
    }
  }
}
