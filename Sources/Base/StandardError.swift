import Glibc

/// Messages for people go here, so that standard output holds only data.
package enum StandardError {
  /// Writes one line; line breaks in the text become blanks.
  package static func line(_ text: String) {
    write(text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n")
  }

  /// Writes a text unchanged, at once.
  package static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // Nothing can be done about a closed standard error.
      _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
