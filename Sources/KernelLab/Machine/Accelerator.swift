import Base
import Processes

/// What runs the guest's instructions.
enum Accelerator: String, Sendable {
  /// The processor itself.
  case kvm
  /// QEMU's translator.
  case tcg

  /// How long the trial boot may take. It needs one or two seconds where KVM works.
  private static let limit = Duration.seconds(8)

  /// Chooses an accelerator, and writes the choice and the reason to standard error.
  static func choose(_ options: MachineOptions, _ kernel: BootableKernel) async throws -> Accelerator {
    switch options.accelerator {
    case .kvm: return .kvm
    case .tcg: return .tcg
    case .auto where options.isDeterministic: return .tcg
    case .auto: break
    }
    let unavailable = try await unavailable(kernel)
    let choice: Accelerator = unavailable == nil ? .kvm : .tcg
    StandardError.line(
      "ringbench: accelerator \(choice.rawValue): \(unavailable ?? "KVM booted this kernel in a few seconds")")
    return choice
  }

  /// Why KVM can't be used here; nil when it booted the kernel.
  ///
  /// The kernel gets no initramfs. Its panic about the missing root file system shows that it has booted.
  private static func unavailable(_ kernel: BootableKernel) async throws -> String? {
    guard Files.exists("/dev/kvm") else { return "there is no /dev/kvm" }
    let folder = try TemporaryFolder()
    let console = folder.file("console")
    let arguments = [
      "-accel", "kvm", "-cpu", "host", "-m", "256M", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
      "-kernel", kernel.image, "-serial", "file:\(console)", "-append", "console=ttyS0 panic=-1",
    ]
    let child = try await ChildProcess.run(try HelperProgram.qemu.path(), arguments, timeout: limit)
    if ConsoleLog(path: console).panic != nil { return nil }
    switch child.end {
    case .timedOut: return "/dev/kvm is there, but a kernel hangs under it"
    case .exited(0): return "/dev/kvm is there, but a kernel ends under it before it has booted"
    default: return "/dev/kvm is there, but does not work: \(child.lastErrorLine ?? "QEMU ended with \(child.end)")"
    }
  }
}
