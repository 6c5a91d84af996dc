import ArgumentParser
import Arguments
import Base
import Planning
import Vocabulary

/// The options that choose cells.
struct CellOptions: ParsableArguments {
  @Option(
    help: .init(SuiteLibrary.help, valueName: "suite"),
    completion: .names(orFiles: ["yaml", "yml"]) { SuiteLibrary.names })
  var suite: String?

  @Option(
    help: .init("\(Mode.help) (default: the suite's)", valueName: "modes"), completion: .words(of: Mode.self),
    transform: Lists.words)
  var mode: [[Mode]] = []

  @Option(
    help: .init("\(Transport.help) (default: the suite's)", valueName: "transports"),
    completion: .words(of: Transport.self), transform: Lists.words)
  var transport: [[Transport]] = []

  @Option(
    help: .init("\(Operation.help) (default: the suite's)", valueName: "operations"),
    completion: .words(of: Operation.self), transform: Lists.words)
  var operation: [[Operation]] = []

  @Option(
    help: .init("\(Pattern.help) (default: the suite's)", valueName: "patterns"), completion: .words(of: Pattern.self),
    transform: Lists.words)
  var pattern: [[Pattern]] = []

  @OptionGroup var numbers: NumberAxisOptions

  @Option(
    help: .init("all, or numbers of NUMA nodes. (default: all)", valueName: "nodes"), completion: .list(["all"]),
    transform: NodeChoice.init)
  var nodes: NodeChoice?

  @Option(
    help: .init("Memory on the CPU's own node, on others, or both: local, remote, all. (default: local)"),
    completion: .cases(of: PlacementChoice.self),
    transform: placement)
  var placement: PlacementChoice?

  /// Whether any of them was given.
  var isGiven: Bool {
    suite != nil || nodes != nil || placement != nil || !mode.isEmpty || !transport.isEmpty || !operation.isEmpty
      || !pattern.isEmpty || !numbers.values.isEmpty
  }

  func apply(to options: inout RunOptions) {
    if let suite { options.suite = suite }
    if let nodes { options.nodes = nodes }
    if let placement { options.placement = placement }
    if !mode.isEmpty { options.lists.modes = Lists.flat(mode) }
    if !transport.isEmpty { options.lists.transports = Lists.flat(transport) }
    if !operation.isEmpty { options.lists.operations = Lists.flat(operation) }
    if !pattern.isEmpty { options.lists.patterns = Lists.flat(pattern) }
    options.lists.numbers = numbers.values
  }

  @Sendable private static func placement(_ text: String) throws -> PlacementChoice {
    guard let choice = PlacementChoice(rawValue: text) else {
      throw RingbenchError.badInput("unknown placement '\(text)': one of local, remote, all is needed")
    }
    return choice
  }
}
