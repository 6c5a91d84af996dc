/// Texts in GitHub Flavored Markdown.
enum MarkdownText {
  private static let special: Set<Unicode.Scalar> = ["|", "<", ">", "\\", "`", "*", "_", "~", "&", "("]

  /// On one line, with nothing that Markdown takes for markup. A name behind an `@` calls nobody.
  static func escaped(_ text: String) -> String {
    FormatText.line(text).escapingScalars { special.contains($0) }.replacing("@", with: "@\u{2060}")
  }

  /// Text in backquotes, with none inside.
  static func code(_ text: String) -> String {
    "`\(FormatText.line(text).replacing("`", with: "'"))`"
  }

  /// A row of a table.
  static func row(_ fields: [String]) -> String { "| \(fields.joined(separator: " | ")) |\n" }
}
