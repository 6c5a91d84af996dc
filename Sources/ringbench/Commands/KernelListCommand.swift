import ArgumentParser
import KernelLab

/// `ringbench kernel list`.
struct KernelListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the kernels that have names, and says which of them are in the cache.")

  mutating func run() async throws { print(KernelList().text, terminator: "") }
}
