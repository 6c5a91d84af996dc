import ArgumentParser
import Vocabulary
import Workload

@main
struct SocketWorkload: WorkloadCommand {
  static let kind = WorkloadKind.socket
  static let configuration = CommandConfiguration(
    commandName: kind.executableName,
    abstract: "Receives over sockets into every kind of buffer. Measures one cell once and prints one JSON document.")

  @OptionGroup var options: WorkloadOptions
}
