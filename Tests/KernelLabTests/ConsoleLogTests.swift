import Testing

@testable import KernelLab

@Suite struct ConsoleLogTests {
  private let healthy = "[    0.5] ACPI: fine\r\n[    0.9] amd_pstate: the _CPC object is not present\r\n"

  @Test(arguments: [
    "WARNING: CPU: 1 PID: 0 at kernel/x.c:1", "BUG: kernel NULL pointer dereference", "Oops: 0000 [#1]",
    "BUG: KASAN: use-after-free in x", "WARNING: possible circular locking dependency detected",
    "rcu: INFO: rcu_preempt detected stalls on CPUs", "INFO: task init:1 blocked for more than 120 seconds.",
  ])
  func everyReportIsFound(line: String) {
    let log = ConsoleLog(text: healthy + "[    1.0] \(line)\r\n[    1.0] more\r\n")
    #expect(log.report == ["[    1.0] \(line)", "[    1.0] more"])
    #expect(log.panic == nil)
  }

  @Test func aHealthyLogHasNone() {
    let log = ConsoleLog(text: healthy)
    #expect(log.report.isEmpty)
    #expect(!log.ranOutOfMemory)
    #expect(log.tail(1) == ["[    0.9] amd_pstate: the _CPC object is not present"])
  }

  @Test func aPanicSaysWhy() {
    let log = ConsoleLog(text: healthy + "[    2.0] Kernel panic - not syncing: Attempted to kill init! exitcode=0xb\n")
    #expect(log.panic == "Attempted to kill init! exitcode=0xb")
  }

  @Test(arguments: ["Initramfs unpacking failed: write error", "Out of memory: Killed process 9 (init)"])
  func lackOfMemoryIsSeen(line: String) {
    #expect(ConsoleLog(text: "[    1.0] \(line)\n").ranOutOfMemory)
  }
}
