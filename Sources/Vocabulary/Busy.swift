/// When a receiver was busy, so that it set the throughput.
package enum Busy {
  /// The part of the elapsed time that a busy receiver runs on its CPU. Below it the receiver slept at times: the sender
  /// was the limit, and throughput says nothing about the receiver.
  package static let fraction = 0.95
}
