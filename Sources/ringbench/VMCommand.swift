import ArgumentParser

/// `ringbench vm`.
struct VMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vm", abstract: "Measures kernels in a virtual machine.",
    subcommands: [VMRunCommand.self, VMCompareCommand.self])
}
