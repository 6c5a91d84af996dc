/// What apt-get writes to standard error.
enum AptErrors {
  private static let failure = "Failed to fetch "

  /// Why it failed, in one line; nil when it gave no reason. The last line is often a summary, like "Some index files
  /// failed to download", so the line about the first failed download is preferred, and an error to a warning.
  static func reason(in text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline)
    let errors = lines.filter { $0.hasPrefix("E: ") || $0.hasPrefix("W: ") }.map { $0.dropFirst(3) }
    if let line = errors.first(where: { $0.hasPrefix(failure) }) {
      let words = line.dropFirst(failure.count).split(separator: " ")
      guard let address = words.first, words.count > 1 else { return String(line) }
      return "\(address): \(words.dropFirst().joined(separator: " "))"
    }
    let error = lines.first { $0.hasPrefix("E: ") }?.dropFirst(3)
    return (error ?? errors.first ?? lines.last).map(String.init)
  }

  /// Whether a package could not be downloaded because the mirror, or an index that was renewed meanwhile, no longer
  /// has it. An index that is missing is another matter.
  static func saysVanished(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let isMissingFile = line.contains(failure) && line.contains(".deb ") && line.contains(" 404 ")
      let isMissingVersion =
        line.hasPrefix("E: Can't find a source to download version")
        || (line.hasPrefix("E: Version '") && line.hasSuffix("was not found"))
      return isMissingFile || isMissingVersion
    }
  }
}
