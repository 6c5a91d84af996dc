import Base
import Processes
import Testing

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

  @Test func endsOfQemuAreTold() {
    let failed = MachineProcess.End(end: .exited(1), lastErrorLine: "qemu: no such machine")
    #expect(failure(nil, failed, quiet)?.contains("no such machine") == true)
    #expect(failure(nil, MachineProcess.End(end: .timedOut), quiet)?.contains("--timeout") == true)
    let small = MachineProcess.End(end: .exited(1), lastErrorLine: "qemu: initrd is too large, cannot support.")
    #expect(failure(nil, small, quiet)?.contains("--memory") == true)
  }
}
