/// The names of functions as symbol tables have them.
package enum FunctionName {
  /// The constant in the reported figure that no function has: the clock's own code.
  package static let clock = "[clock]"

  /// A name without what compilers append to the parts and copies of a function: `.isra.0`, `.constprop.1`, `.part.2`,
  /// `.llvm.34` and `.cold`, also several of them.
  package static func joined(_ name: String) -> String {
    var rest = Substring(name)
    while let shorter = withoutSuffix(rest) { rest = shorter }
    return String(rest)
  }

  private static let numbered: Set<Substring> = ["isra", "constprop", "part", "llvm", "cold"]

  /// The name without its last suffix; nil where it has none, or is nothing else.
  private static func withoutSuffix(_ name: Substring) -> Substring? {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    let last = name[name.index(after: dot)...]
    if last == "cold" { return name[..<dot] }
    guard !last.isEmpty, last.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let front = name[..<dot]
    guard let word = front.lastIndex(of: "."), word > front.startIndex else { return nil }
    return numbered.contains(front[front.index(after: word)...]) ? front[..<word] : nil
  }
}
