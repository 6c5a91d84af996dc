import Base
import Processes

/// The functions of a guest by address: those of its kernel and modules, and those of a workload executable.
struct FunctionTable: Sendable {
  /// What begins at a function. The raw values are those of the plugin.
  enum Entry: UInt32, Sendable {
    case none, interrupt
    /// An exception whose instruction begins again.
    case fault
  }

  struct Function: Hashable, Sendable {
    var address: UInt64
    var name: String
    var entry: Entry
  }

  /// By address. The first begins at 0, so that every address belongs to one.
  let functions: [Function]

  /// Where a kernel maps the code by which user space reads the clock, and other mappings that are no executable.
  private static let mappings: UInt64 = 0x7000_0000_0000

  init(kernel: [FunctionSymbol], executable: [FunctionSymbol]) {
    let others = [
      FunctionSymbol(address: 0, name: "[unknown]"), FunctionSymbol(address: Self.mappings, name: "[vdso]"),
    ]
    var names: [UInt64: String] = [:]
    for function in others + kernel + executable where !Self.isLabel(function.name) {
      guard let other = names[function.address] else {
        names[function.address] = function.name
        continue
      }
      if Self.isBetter(function.name, other) { names[function.address] = function.name }
    }
    functions = names.sorted { $0.key < $1.key }.map { address, name in
      Function(address: address, name: name, entry: Self.entry(name))
    }
  }

  /// Which of two names of one address is shown: not the border of a section, then the one with fewer underscores in front,
  /// then the shorter one.
  private static func isBetter(_ name: String, _ other: String) -> Bool {
    func rank(_ name: String) -> (Int, Int, Int) {
      (isBorder(name) ? 1 : 0, name.prefix { $0 == "_" }.count, name.utf8.count)
    }
    return rank(name) == rank(other) ? name < other : rank(name) < rank(other)
  }

  /// Whether a name is a place inside of a function: `entry_SYSCALL_64_after_hwframe`, `entry_SYSCALL_64_safe_stack`.
  private static func isLabel(_ name: String) -> Bool { name.hasPrefix("entry_SYSCALL_64_") }

  /// Whether a name is the border of a section, such as `__softirqentry_text_end`.
  private static func isBorder(_ name: String) -> Bool {
    ["_text_start", "_text_end", "_stext", "_etext", "_text"].contains { name.hasSuffix($0) }
  }

  /// By the names in `arch/x86/entry/entry_64.S` and `arch/x86/include/asm/idtentry.h`.
  private static func entry(_ name: String) -> Entry {
    let faults = [
      "page_fault", "general_protection", "invalid_op", "device_not_available", "segment_not_present", "stack_segment",
      "alignment_check", "coprocessor_error", "simd_coprocessor_error", "divide_error",
    ]
    if name.hasPrefix("asm_exc_"), faults.contains(String(name.dropFirst(8))) { return .fault }
    let prefixes = ["asm_sysvec_", "asm_exc_", "asm_common_interrupt", "asm_spurious_interrupt"]
    let tables = ["irq_entries_start", "spurious_entries_start"]
    return tables.contains(name) || prefixes.contains { name.hasPrefix($0) } ? .interrupt : .none
  }

  /// The form that the plugin reads: for each function its address in eight bytes, what begins there in four, and
  /// four bytes of nothing.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(functions.count * 16)
    for function in functions {
      withUnsafeBytes(of: function.address.littleEndian) { bytes += $0 }
      withUnsafeBytes(of: function.entry.rawValue.littleEndian) { bytes += $0 }
      bytes += [0, 0, 0, 0]
    }
    return bytes
  }
}

/// A function with its address, as a list of symbols has it.
struct FunctionSymbol: Hashable, Sendable {
  var address: UInt64
  var name: String
}
