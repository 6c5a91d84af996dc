import ArgumentParser

/// `ringbench vm`.
struct VMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vm", abstract: "Measures and tests kernels in a virtual machine.",
    subcommands: [VMRunCommand.self, VMCompareCommand.self, VMExecCommand.self])
}
