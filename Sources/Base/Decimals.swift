import Glibc

/// Numbers for people.
package enum Decimals {
  /// A number with a fixed number of decimals, whatever the locale.
  package static func text(_ value: Double, _ decimals: Int) -> String {
    // Not by Foundation: it brings 40 MB of tables into every workload executable.
    withVaList([Int32(decimals), value]) { arguments in
      let size = 400
      return String(unsafeUninitializedCapacity: size) { buffer in
        buffer.withMemoryRebound(to: CChar.self) {
          Int(min(Int32(size - 1), vsnprintf($0.baseAddress, size, "%.*f", arguments)))
        }
      }
    }
  }

  /// A percentage with one decimal below 10 and none from 10: `2.5` and `41`.
  package static func percent(_ value: Double) -> String { text(value, abs(value) < 10 ? 1 : 0) }

  /// A number without trailing zeros, with at most `most` decimals: `5` and `0.5`.
  package static func shortest(_ value: Double, upTo most: Int = 2) -> String {
    let all = text(value, most)
    guard all.contains(".") else { return all }
    let digits = all.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(digits.reversed())
  }
}
