/// Text for XML 1.0.
enum XMLText {
  /// Text for an attribute or an element; characters that XML cannot have become `?`.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\n", "\t": " "
      default: scalar.value < 0x20 || (0xfffe...0xffff).contains(scalar.value) ? "?" : String(scalar)
      }
    }.joined()
  }
}
