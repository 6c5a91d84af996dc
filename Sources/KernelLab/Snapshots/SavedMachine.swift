import Base
import Documents
import FoundationEssentials

/// A deterministic machine that was saved right before its first trial. Every machine that goes on from it is the same to
/// the instruction, so the digits of a cell depend on nothing that was measured before.
struct SavedMachine: Sendable {
  static let capabilities =
    #"{"capabilities": [{"capability": "x-ignore-shared", "state": true}]}"#

  let base: MachineBase
  private let memoryFolder: TemporaryFolder
  private let stateFolder: TemporaryFolder
  /// Whether it was saved as it was at the pause.
  private var isWhole = false

  var options: MachineOptions { base.options }
  var kernel: BootableKernel { base.kernel }
  var fingerprint: Fingerprint { base.fingerprint }
  var memory: String { memoryFolder.file("memory") }
  var state: String { stateFolder.file("state") }

  /// Boots the kernel and saves the machine: twice, unless the cache knows what has to come of it, and more often where
  /// boots differ.
  ///
  /// - Throws: `badInput`, `cannotRun` and `failed` for what is missing; `cannotRun` too when the kernel has no io_uring.
  init(_ reference: KernelReference, _ options: MachineOptions, cache: KernelCache, quiet: Bool) async throws {
    let base = try await MachineBase(reference, options, cache: cache)
    let known = try await KnownMachines(base.fingerprint, in: cache)
    let atOnce = known.digest == nil && ProcessInfo.processInfo.activeProcessorCount > 1 ? 2 : 1
    let agreed = try await BootAgreement(known: known.digest, atOnce: atOnce) { number in
      // One line for two boots at once.
      let isShown = !quiet && (number == 0 || number >= atOnce)
      let machine = try await SavedMachine(
        base, BootProgress(base.kernel.name, ProgressOutput(quiet: !isShown)))
      return (machine, try await machine.digest())
    }.reached()
    try known.remember(agreed.digest)
    self = agreed.machine
  }

  /// Boots once.
  private init(_ base: MachineBase, _ boot: BootProgress) async throws {
    self.base = base
    memoryFolder = try base.memoryFolder()
    stateFolder = try TemporaryFolder()
    isWhole = try await save(boot)
  }

  /// What is the same in every boot that went right: the memory, and the state but for the host's clocks. Nil for a machine
  /// that could not be saved as it was.
  private func digest() async throws -> String? {
    guard isWhole else { return nil }
    var compared = try SavedState(path: state)
    compared.clearHostClocks()
    let path = stateFolder.file("compared")
    try compared.write(to: path)
    let sums = try await HelperProgram.b2sum.lines(["--length=256", memory, path]).map { $0.prefix(64) }
    return sums.joined(separator: "-")
  }

  /// The argument of a command that writes or reads the state, as JSON. QEMU gives the line to a shell.
  func stateArgument(_ command: String) -> String {
    let quoted = "'" + state.replacing("'", with: #"'\''"#) + "'"
    let line = (command + quoted).replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)
    return "{\"uri\": \"\(line)\"}"
  }
}
