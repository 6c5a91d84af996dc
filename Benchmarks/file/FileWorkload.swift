import ArgumentParser
import Vocabulary
import Workload

@main
struct FileWorkload: WorkloadCommand {
  static let kind = WorkloadKind.file
  static let configuration = CommandConfiguration(
    commandName: kind.executableName,
    abstract: "Reads files into every kind of buffer. Measures one cell once and prints one JSON document.")

  @OptionGroup var options: WorkloadOptions
}
