package import FoundationEssentials

/// Points in time as the documents write them, in UTC.
package enum Timestamp {
  /// `2026-11-22T08:01:00Z`.
  package static func iso8601(_ date: Date) -> String { date.formatted(.iso8601) }

  /// Seconds since 1970 of a time in that form; nil for any other text.
  package static func seconds(_ text: String) -> Double? {
    (try? Date(text, strategy: .iso8601))?.timeIntervalSince1970
  }

  /// `20261122T080100Z`, for the name of a folder.
  package static func compact(_ date: Date) -> String {
    iso8601(date).filter { $0 != "-" && $0 != ":" }
  }
}
