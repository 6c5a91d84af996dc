import Base
import Documents
import FoundationEssentials

extension Fingerprint {
  /// What the digits of a deterministic machine depend on.
  init(image: String, initramfs: String, qemu: String, _ options: MachineOptions) async throws {
    let sums = try await HelperProgram.sha256sum.lines([image, initramfs]).map { String($0.prefix(64)) }
    let version = try await HelperProgram.qemu.lines(["--version"]).first ?? "unknown"
    guard sums.count == 2 else { throw RingbenchError.failed("\(image): its digest can't be computed") }
    // The files have other names in every run, and their contents have digests.
    let command = QemuCommand(
      options, accelerator: .tcg, image: "image", initramfs: "initramfs", console: "console", channel: "channel",
      saving: .init(memory: "memory", control: "control", isIncoming: true))
    self.init(
      kernelImage: sums[0], initramfs: sums[1], qemu: version, machine: command.arguments.joined(separator: " "))
  }
}
