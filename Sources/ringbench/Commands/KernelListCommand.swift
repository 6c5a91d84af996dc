import ArgumentParser
import KernelLab

/// `ringbench kernel list`.
struct KernelListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows the kernels that have names, and which of them are here.")

  mutating func run() async throws { print(KernelList().text, terminator: "") }
}
