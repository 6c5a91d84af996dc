import Foundation

/// Numbers for people.
package enum Decimals {
  /// A number with a fixed number of decimals, whatever the locale.
  package static func text(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.*f", decimals, value)
  }
}
