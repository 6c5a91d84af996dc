/// The processor's name in `/proc/cpuinfo`, whose keys differ by architecture.
enum CPUModel {
  /// x86 and LoongArch, Raspberry Pi, MIPS, RISC-V, POWER.
  private static let keys = ["model name", "Model Name", "Model", "cpu model", "uarch", "cpu"]

  /// `unknown` when no key names it. Arm servers show only numbers, such as `implementer 0x41 part 0xd0c`.
  static func name(cpuinfo: String) -> String {
    for key in keys {
      if let name = value(of: key, in: cpuinfo), !name.isEmpty { return String(name) }
    }
    if let implementer = value(of: "CPU implementer", in: cpuinfo), let part = value(of: "CPU part", in: cpuinfo) {
      return "implementer \(implementer) part \(part)"
    }
    return "unknown"
  }
}
