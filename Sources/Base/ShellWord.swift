/// Arguments as a shell takes them.
package enum ShellWord {
  /// The argument in quotes where it needs them.
  package static func quoted(_ argument: String) -> String {
    let plain = argument.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./,=:@+%".unicodeScalars.contains($0))
    }
    return plain && !argument.isEmpty ? argument : "'\(argument.replacing("'", with: "'\\''"))'"
  }
}
