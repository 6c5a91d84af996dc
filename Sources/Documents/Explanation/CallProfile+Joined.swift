extension CallProfile {
  /// The same profile with the parts and copies of each function as one, and children in the order of their names.
  ///
  /// A part that its own function calls becomes that function: `f > f.part.0` is `f`. A function that calls itself is
  /// left as it is.
  package var joined: CallProfile {
    var profile = self
    profile.roots = JoinedNode.nodes(of: roots)
    return profile
  }
}

/// A function of a path while its parts and copies are put together.
private struct JoinedNode {
  /// The names that stand for this function here.
  var names: Set<String>
  var node: CallProfile.Node
  /// What the parts call, not yet joined.
  var callees: [CallProfile.Node] = []

  /// Joined nodes, sorted by name.
  static func nodes(of nodes: [CallProfile.Node]) -> [CallProfile.Node] {
    var joined: [String: JoinedNode] = [:]
    for node in nodes {
      joined[FunctionName.joined(node.name), default: JoinedNode(FunctionName.joined(node.name))].add(node)
    }
    return joined.values.map(\.finished).sorted { $0.name < $1.name }
  }

  private init(_ name: String) { (names, node) = ([], CallProfile.Node(name)) }

  private mutating func add(_ part: CallProfile.Node) {
    node.calls += part.calls
    absorb(part)
  }

  private mutating func absorb(_ part: CallProfile.Node) {
    names.insert(part.name)
    node.own += part.own
    callees += part.children
  }

  private var finished: CallProfile.Node {
    var joined = self
    var others: [CallProfile.Node] = []
    // Parts may call further parts.
    while !joined.callees.isEmpty {
      let (callees, known) = (joined.callees, joined.names)
      joined.callees = []
      for callee in callees {
        if FunctionName.joined(callee.name) == node.name, !known.contains(callee.name) {
          joined.absorb(callee)
        } else {
          others.append(callee)
        }
      }
    }
    joined.node.children = Self.nodes(of: others)
    return joined.node
  }
}
