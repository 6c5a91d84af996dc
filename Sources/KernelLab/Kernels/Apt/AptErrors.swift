/// What apt-get writes to standard error.
enum AptErrors {
  private static let failure = "Failed to fetch "

  /// Why it failed, in one line; nil when it gave no reason. The last line is often a summary, like "Some index files
  /// failed to download", so the line about the first failed download is preferred.
  static func reason(in text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline)
    let errors = lines.filter { $0.hasPrefix("E: ") || $0.hasPrefix("W: ") }.map { $0.dropFirst(3) }
    if let line = errors.first(where: { $0.hasPrefix(failure) }) {
      let words = line.dropFirst(failure.count).split(separator: " ")
      guard let address = words.first, words.count > 1 else { return String(line) }
      return "\(address): \(words.dropFirst().joined(separator: " "))"
    }
    return (errors.first ?? lines.last).map(String.init)
  }
}
