import Base
import Processes
import Testing
import Vocabulary

@testable import KernelLab

@Suite struct GuestVerdictTests {
  private let options = MachineOptions()
  private let quiet = ConsoleLog(text: "[    1.0] reboot: Power down\n")
  private let off = MachineProcess.End(end: .exited(0))

  private func failure(_ end: GuestEnd?, _ process: MachineProcess.End, _ console: ConsoleLog) -> String? {
    do {
      try GuestVerdict.check(end, process, console, options)
      return nil
    } catch let error as RingbenchError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func onlyAnExplicitEndIsASuccess() {
    #expect(failure(GuestEnd(status: 0), off, quiet) == nil)
    #expect(failure(nil, off, quiet) == "the guest ended without saying how")
    #expect(failure(nil, off, ConsoleLog(text: ""))?.contains("CONFIG_SERIAL_8250_CONSOLE") == true)
    #expect(failure(GuestEnd(status: 3, message: "the line broke"), off, quiet)?.contains("the line broke") == true)
  }

  @Test func aFaultOfTheKernelFailsAlsoAGuestThatSaysItIsFine() {
    let console = ConsoleLog(text: "[    1.0] WARNING: CPU: 0 PID: 1 at io_uring/x.c:1\n")
    #expect(failure(GuestEnd(status: 0), off, console) == "the guest's kernel reported a fault")
  }

  @Test func whatTheGuestSaysIsSaid() throws {
    #expect(throws: RingbenchError.self) {
      try GuestVerdict.check(GuestEnd(status: 77, message: "no io_uring"), off, quiet, options)
    }
    #expect(throws: RingbenchError.self) {
      try GuestVerdict.check(GuestEnd(status: 2, message: "no node"), off, quiet, options)
    }
  }

  private func error(_ end: GuestEnd?, _ console: ConsoleLog) -> RingbenchError? {
    do { try GuestVerdict.check(end, off, console, options) } catch { return error as? RingbenchError }
    return nil
  }

  /// What a kernel was built without is one line with the option that brings it.
  @Test func missingOptionsAreNamed() {
    let panic = "[    1.0] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n"
    let initramfs = error(nil, ConsoleLog(text: panic))
    #expect(initramfs?.status == .failed && initramfs?.console.isEmpty == true)
    #expect(initramfs?.message == "the guest's kernel takes no initramfs: build in CONFIG_BLK_DEV_INITRD")
    let devices = error(GuestEnd(status: 3, message: MissingPart.devices.sentence), quiet)
    #expect(devices?.status == .failed && devices?.console.isEmpty == true)
    #expect(devices?.message == "the guest has no /dev: build in CONFIG_DEVTMPFS")
    // A guest that had too little memory for its initramfs panics in the same way.
    let small = error(nil, ConsoleLog(text: "[    0.9] Initramfs unpacking failed: write error\n" + panic))
    #expect(small?.message.contains("--memory") == true)
  }

  @Test func lastWordsOfASilentGuestAreTold() {
    let console = ConsoleLog(text: "ringbench: module x: no\nringbench: /dev/ttyS1: No such device\n[    2.0] reboot\n")
    #expect(
      failure(nil, off, console) == "the guest ended without saying how: its last words: /dev/ttyS1: No such device")
  }

  @Test func onlyFileDirectNeedsTheDisk() {
    #expect(MissingPart.transports(without: []).isEmpty && MissingPart.transports(without: [.devices]).isEmpty)
    for (part, option) in [(MissingPart.disk, "CONFIG_BLK_DEV_RAM"), (.fileSystem, "CONFIG_EXT4_FS")] {
      let reasons = MissingPart.transports(without: [part])
      #expect(reasons.keys.map(\.rawValue) == ["file-direct"])
      #expect(reasons[.fileDirect]?.hasSuffix("build in \(option)") == true)
    }
  }

  @Test func endsOfQemuAreTold() {
    let failed = MachineProcess.End(end: .exited(1), lastErrorLine: "qemu: no such machine")
    #expect(failure(nil, failed, quiet)?.contains("no such machine") == true)
    #expect(failure(nil, MachineProcess.End(end: .timedOut), quiet)?.contains("--timeout") == true)
    let small = MachineProcess.End(end: .exited(1), lastErrorLine: "qemu: initrd is too large, cannot support.")
    #expect(failure(nil, small, quiet)?.contains("--memory") == true)
  }
}
