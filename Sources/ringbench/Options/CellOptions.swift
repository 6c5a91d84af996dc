import ArgumentParser
import HostFacts
import Planning
import Vocabulary

/// The options that choose cells.
struct CellOptions: ParsableArguments {
  @Option(
    help: .init("quick, full, ci, floor, overhead, or the path of a YAML file. (default: quick)", valueName: "suite"))
  var suite: String?

  @Option(help: .init("One or more of \(Mode.list).", valueName: "modes"), transform: Lists.words)
  var mode: [[Mode]] = []

  @Option(help: .init("One or more of \(Transport.list).", valueName: "transports"), transform: Lists.words)
  var transport: [[Transport]] = []

  @Option(help: .init("One or more of \(Operation.list).", valueName: "operations"), transform: Lists.words)
  var operation: [[Operation]] = []

  @Option(help: .init("One or more of \(Pattern.list).", valueName: "patterns"), transform: Lists.words)
  var pattern: [[Pattern]] = []

  @Option(help: .init("Bytes in a message.", valueName: "bytes"), transform: Lists.numbers(.messageSize))
  var messageSize: [[Int]] = []

  @Option(help: .init("Bytes in a buffer.", valueName: "bytes"), transform: Lists.numbers(.bufferSize))
  var bufferSize: [[Int]] = []

  @Option(help: .init("Buffers of a mode.", valueName: "n"), transform: Lists.numbers(.buffers))
  var buffers: [[Int]] = []

  @Option(help: .init("Messages before buffers are handed back.", valueName: "n"), transform: Lists.numbers(.batch))
  var batch: [[Int]] = []

  @Option(help: .init("Connections.", valueName: "n"), transform: Lists.numbers(.connections))
  var connections: [[Int]] = []

  @Option(help: .init("Messages per second, for paced.", valueName: "ops"), transform: Lists.numbers(.rate))
  var rate: [[Int]] = []

  @Option(help: .init("all, or numbers of NUMA nodes. (default: all)", valueName: "nodes"), transform: NodeChoice.init)
  var nodes: NodeChoice?

  @Option(
    help: .init("Memory on the CPU's own node, on others, or both: local, remote, all. (default: local)"),
    transform: Lists.placement)
  var placement: PlacementChoice?

  /// Whether any of them was given.
  var isGiven: Bool {
    suite != nil || nodes != nil || placement != nil || !mode.isEmpty || !transport.isEmpty || !operation.isEmpty
      || !pattern.isEmpty || !numbers.isEmpty
  }

  func apply(to options: inout RunOptions) {
    if let suite { options.suite = suite }
    if let nodes { options.nodes = nodes }
    if let placement { options.placement = placement }
    if !mode.isEmpty { options.lists.modes = Lists.flat(mode) }
    if !transport.isEmpty { options.lists.transports = Lists.flat(transport) }
    if !operation.isEmpty { options.lists.operations = Lists.flat(operation) }
    if !pattern.isEmpty { options.lists.patterns = Lists.flat(pattern) }
    options.lists.numbers = numbers
  }

  private var numbers: [NumberAxis: [Int]] {
    let given: [NumberAxis: [[Int]]] = [
      .messageSize: messageSize, .bufferSize: bufferSize, .buffers: buffers, .batch: batch,
      .connections: connections, .rate: rate,
    ]
    return given.filter { !$0.value.isEmpty }.mapValues(Lists.flat)
  }
}
