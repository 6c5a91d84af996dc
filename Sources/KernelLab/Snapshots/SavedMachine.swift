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

  var options: MachineOptions { base.options }
  var kernel: BootableKernel { base.kernel }
  var fingerprint: Fingerprint { base.fingerprint }
  var memory: String { memoryFolder.file("memory") }
  var state: String { stateFolder.file("state") }

  /// Boots the kernel and saves the machine.
  ///
  /// - Throws: `badInput`, `cannotRun` and `failed` for what is missing; `cannotRun` too when the kernel has no io_uring.
  init(_ reference: KernelReference, _ options: MachineOptions, cache: KernelCache, quiet: Bool) async throws {
    base = try await MachineBase(reference, options, cache: cache)
    memoryFolder = try base.memoryFolder()
    stateFolder = try TemporaryFolder()
    try await save(BootProgress(base.kernel.name, ProgressOutput(quiet: quiet)))
  }

  /// The argument of a command that writes or reads the state, as JSON. QEMU gives the line to a shell.
  func stateArgument(_ command: String) -> String {
    let quoted = "'" + state.replacing("'", with: #"'\''"#) + "'"
    let line = (command + quoted).replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)
    return "{\"uri\": \"\(line)\"}"
  }
}
