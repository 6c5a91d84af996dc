import Base
package import Documents

/// Stacks as flamegraph.pl and speedscope read them: a line `a;b;c N` for each path, with the instructions that its
/// last function spent itself in all explained rounds. The constant is a line of its own, so that the sum is the
/// reported figure times the operations.
package enum CollapsedStacks {
  package static func text(_ profile: CallProfile) -> String {
    var counts: [String: Int] = [:]
    func add(_ node: CallProfile.Node, _ callers: String) {
      let path = callers + frame(node.name)
      if node.own[.instructions] > 0 { counts[path, default: 0] += node.own[.instructions] }
      for child in node.children { add(child, path + ";") }
    }
    for root in profile.joined.roots { add(root, "") }
    if profile.constant > 0 { counts[FunctionName.clock, default: 0] += profile.constant }
    return counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }

  /// A name that is one function to every reader: `;` would be two, and a number behind a blank a second count.
  static func frame(_ name: String) -> String {
    let words = FormatText.line(name).split(separator: " ").map { String($0).replacing(";", with: ":") }
    guard let last = words.last else { return "[unknown]" }
    let front = words.dropLast().joined(separator: " ")
    guard !front.isEmpty else { return last }
    return front + (isNumber(last) ? "_" : " ") + last
  }

  /// As flamegraph.pl has it: `\d+(?:\.\d*)?`.
  private static func isNumber(_ word: String) -> Bool {
    let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    func areDigits(_ part: Substring) -> Bool { part.utf8.allSatisfy { (48...57).contains($0) } }
    return !parts[0].isEmpty && parts.allSatisfy(areDigits)
  }

  /// Functions deeper than this are no kernel's.
  private static let deepest = 1000

  /// The paths of a text, with their instructions and nothing else, and the constant.
  ///
  /// - Parameter file: for messages.
  /// - Throws: `badInput` naming the line.
  static func read(
    _ text: String, from file: String
  ) throws(RingbenchError) -> (roots: [CallProfile.Node], constant: Int) {
    var root = CallProfile.Node("")
    var constant = 0
    var sum = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where !line.isEmpty
    {
      let blank = line.lastIndex(of: " ")
      let frames = line[..<(blank ?? line.startIndex)].split(separator: ";", omittingEmptySubsequences: false)
      let count = blank.flatMap { Int(line[line.index(after: $0)...]) } ?? -1
      let (total, overflows) = sum.addingReportingOverflow(count)
      guard count >= 0, !overflows, frames.count <= deepest, !frames.isEmpty, frames.allSatisfy({ !$0.isEmpty }) else {
        throw RingbenchError.badInput("\(file): line \(number + 1): not of the form 'a;b;c N'")
      }
      sum = total
      if frames == [Substring(FunctionName.clock)] { constant += count } else { root.add(count, at: frames[...]) }
    }
    return (root.children, constant)
  }
}

extension CallProfile.Node {
  fileprivate mutating func add(_ count: Int, at frames: ArraySlice<Substring>) {
    guard let first = frames.first else {
      own[.instructions] += count
      return
    }
    // Lines are sorted: the function is the last one, if it is there.
    let place = children.lastIndex { $0.name == first } ?? children.endIndex
    if place == children.endIndex { children.append(CallProfile.Node(String(first))) }
    children[place].add(count, at: frames.dropFirst())
  }
}
