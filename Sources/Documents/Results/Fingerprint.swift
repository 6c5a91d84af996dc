/// Everything that the digits of a deterministic run depend on, beside the cell, its length and the seed.
package struct Fingerprint: Codable, Hashable, Sendable {
  /// SHA-256 of the kernel's image, in hexadecimal.
  package var kernelImage: String
  /// SHA-256 of the initramfs with the executables and modules.
  package var initramfs: String
  /// What QEMU says of its version.
  package var qemu: String
  /// QEMU's arguments, with short names for files.
  package var machine: String

  package init(kernelImage: String, initramfs: String, qemu: String, machine: String) {
    self.kernelImage = kernelImage
    self.initramfs = initramfs
    self.qemu = qemu
    self.machine = machine
  }

  private enum CodingKeys: String, CodingKey {
    case initramfs, qemu, machine
    case kernelImage = "kernel_image"
  }
}
