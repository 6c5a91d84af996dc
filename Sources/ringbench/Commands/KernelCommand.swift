import ArgumentParser

/// `ringbench kernel`.
struct KernelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Kernels for 'ringbench vm'.",
    subcommands: [KernelListCommand.self, KernelFetchCommand.self, KernelBuildCommand.self])
}
