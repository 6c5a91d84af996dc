import CLinux

/// The hypervisor below this kernel. A container does not count: it shares the kernel that is measured.
enum Virtualization {
  /// A short name such as `kvm` or `tcg`; `none` on bare metal; `unknown` where nothing names the hypervisor.
  static func current() -> String {
    if let xen = SmallFile.trimmed("/sys/hypervisor/type") { return xen }
    #if arch(x86_64) || arch(i386)
      return name(hasHypervisor: registers(leaf: 1).ecx >> 31 == 1, signature: signature())
    #else
      return name(compatible: SmallFile.read("/proc/device-tree/hypervisor/compatible") ?? "")
    #endif
  }

  /// The signature is the twelve letters in EBX, ECX and EDX of `cpuid` leaf 0x40000000 (kernel:
  /// `Documentation/virt/kvm/x86/cpuid.rst`).
  static func name(hasHypervisor: Bool, signature: String) -> String {
    guard hasHypervisor else { return "none" }
    return names[String(signature.trimmingWhitespace())] ?? (signature.isEmpty ? "unknown" : signature)
  }

  /// On other architectures than x86, a device tree may name the hypervisor. Nothing there says that there is none.
  static func name(compatible: String) -> String {
    if compatible.hasPrefix("linux,kvm") { return "kvm" }
    return compatible.hasPrefix("xen") ? "xen" : "unknown"
  }

  private static let names = [
    "KVMKVMKVM": "kvm", "Linux KVM Hv": "kvm", "TCGTCGTCGTCG": "tcg", "VMwareVMware": "vmware",
    "Microsoft Hv": "hyperv", "XenVMMXenVMM": "xen", "VBoxVBoxVBox": "virtualbox", "bhyve bhyve": "bhyve",
  ]

  private static func signature() -> String {
    let leaf = registers(leaf: 0x4000_0000)
    let bytes = [leaf.ebx, leaf.ecx, leaf.edx].flatMap { register in
      stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: register >> UInt32($0)) }
    }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func registers(leaf: UInt32) -> (ebx: UInt32, ecx: UInt32, edx: UInt32) {
    var registers = [UInt32](repeating: 0, count: 4)
    clinux_cpuid(leaf, &registers)
    return (registers[1], registers[2], registers[3])
  }
}
