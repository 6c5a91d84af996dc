/// Lines of a kernel's configuration, `CONFIG_X=y` or `# CONFIG_X is not set`. A later line about an option overrides an
/// earlier one.
struct KernelConfiguration: Sendable {
  let text: String

  /// The lines about options that do not hold in a finished configuration.
  func broken(in finished: String) -> [Substring] {
    let given = Dictionary(Self.options(in: finished)) { $1 }
    let wanted = Dictionary(Self.options(in: text)) { $1 }
    return wanted.filter { option, line in
      // The finished one is silent about an option whose conditions don't hold.
      given[option] != line && !(line.hasPrefix("#") && given[option] == nil)
    }.values.sorted()
  }

  private static func options(in text: String) -> [(Substring, Substring)] {
    text.split(separator: "\n").compactMap { line in
      if line.hasPrefix("CONFIG_") { return (line.prefix { $0 != "=" }, line) }
      guard line.hasPrefix("# CONFIG_"), line.hasSuffix(" is not set") else { return nil }
      return (line.dropFirst(2).prefix { $0 != " " }, line)
    }
  }
}
