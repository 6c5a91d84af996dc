package import FoundationEssentials

/// Points in time as the documents write them, in UTC.
package enum Timestamp {
  /// `2026-11-22T08:01:00Z`.
  package static func iso8601(_ date: Date) -> String { date.formatted(.iso8601) }

  /// `20261122T080100Z`, for the name of a folder.
  package static func compact(_ date: Date) -> String {
    iso8601(date).filter { $0 != "-" && $0 != ":" }
  }
}
