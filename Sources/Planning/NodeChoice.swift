package import Base
import Documents

/// `--nodes`: the NUMA nodes that cells are measured on.
package enum NodeChoice: Hashable, Sendable {
  case all
  case list([Int])

  /// Reads `all` or node numbers separated by commas.
  package init(_ text: String) throws(RingbenchError) {
    if text == "all" {
      self = .all
      return
    }
    var nodes: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard part == "0" || !part.hasPrefix("0"), let node = Int(part), node >= 0, part.first != "+" else {
        throw RingbenchError.badInput("'\(part)' is not a node: 'all' or node numbers such as 0,1 are needed")
      }
      if !nodes.contains(node) { nodes.append(node) }
    }
    self = .list(nodes)
  }

  func nodes(of available: [HostNode]) throws(RingbenchError) -> [Int] {
    let known = available.map(\.id)
    guard case .list(let wanted) = self else { return known }
    for node in wanted where !known.contains(node) {
      let list = known.map(String.init).joined(separator: ", ")
      throw RingbenchError.badInput("--nodes: no node \(node): this machine has \(list)")
    }
    return wanted
  }
}

/// `--placement`: which memory node goes with a CPU's node.
package enum PlacementChoice: String, CaseIterable, Hashable, Sendable {
  /// Memory of the CPU's own node.
  case local
  /// Memory of every other node.
  case remote
  /// Memory of every node.
  case all
}

/// The node of the worker's CPU, and the node of its memory.
struct NodePair: Hashable, Sendable {
  var cpu: Int
  var memory: Int

  /// Every pair of the chosen nodes that the placement asks for, by CPU node and then by memory node.
  static func pairs(
    _ choice: NodeChoice, _ placement: PlacementChoice, of available: [HostNode]
  ) throws(RingbenchError) -> [NodePair] {
    let nodes = try choice.nodes(of: available)
    let all = nodes.flatMap { cpu in nodes.map { NodePair(cpu: cpu, memory: $0) } }
    let pairs = all.filter { pair in
      switch placement {
      case .local: pair.cpu == pair.memory
      case .remote: pair.cpu != pair.memory
      case .all: true
      }
    }
    guard !pairs.isEmpty else {
      let list = nodes.map(String.init).joined(separator: ", ")
      throw RingbenchError.badInput("--placement remote: two nodes are needed, but the chosen nodes are: \(list)")
    }
    return pairs
  }
}
