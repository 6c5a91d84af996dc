import ArgumentParser
import Vocabulary
import Workload

@main
struct PipeWorkload: WorkloadCommand {
  static let kind = WorkloadKind.pipe
  static let configuration = CommandConfiguration(
    commandName: kind.executableName,
    abstract: "Reads from pipes into every kind of buffer. Measures one cell once and prints one JSON document.")

  @OptionGroup var options: WorkloadOptions
}
