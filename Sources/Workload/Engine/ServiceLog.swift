/// In which order the connections of a round are served, and how evenly.
///
/// Nothing is noted until a round has begun.
struct ServiceLog {
  private let connections: Int
  private var isOpen = false
  /// For each completion of the round, the connection and the bytes that it brought.
  private var served: [(connection: Int, bytes: Int)] = []
  private var indices: [Double] = []
  private var longest = 0

  init(connections: Int) { self.connections = connections }

  /// Begins a round.
  mutating func begin() {
    isOpen = true
    served.removeAll(keepingCapacity: true)
  }

  @inline(never)
  mutating func note(_ connection: Int, _ bytes: Int) {
    guard isOpen else { return }
    served.append((connection, bytes))
  }

  /// Ends a round in which each connection had equally many messages of this size waiting.
  mutating func end(messageSize: Int) {
    isOpen = false
    indices.append(jainIndex)
    longest = max(longest, longestWait(messageSize))
  }

  /// The middle of the rounds' indices; nil where none was noted.
  var index: Double? { indices.isEmpty ? nil : indices.sorted()[indices.count / 2] }

  /// The most messages that a connection waited for others; nil where no round was noted.
  var longestWait: Int? { indices.isEmpty ? nil : longest }

  /// Jain's index of what each connection has received when half of the round's bytes have come: the square of the sum over
  /// the number of connections times the sum of the squares (Jain, Chiu and Hawe, 1984).
  private var jainIndex: Double {
    let half = served.reduce(0) { $0 + $1.bytes } / 2
    var shares = [Double](repeating: 0, count: connections)
    var total = 0
    for (connection, bytes) in served where total < half {
      // A completion that goes beyond the half counts as far as that.
      let part = min(bytes, half - total)
      shares[connection] += Double(part)
      total += part
    }
    let (sum, squares) = shares.reduce(into: (0.0, 0.0)) { $0 = ($0.0 + $1, $0.1 + $1 * $1) }
    return squares == 0 ? 1 : sum * sum / (Double(connections) * squares)
  }

  /// The most messages of others between two completions of one connection, or before its first.
  private func longestWait(_ messageSize: Int) -> Int {
    var last = [Int](repeating: 0, count: connections)
    var (total, longest) = (0, 0)
    for (connection, bytes) in served {
      longest = max(longest, total - last[connection])
      total += bytes
      last[connection] = total
    }
    return longest / messageSize
  }
}
