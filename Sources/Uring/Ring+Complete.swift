import CUring
import Glibc

extension Ring {
  /// Submits one request and waits for it: for set-up and tear-down.
  ///
  /// Drops unread completions of earlier requests, and further completions of this request.
  ///
  /// - Returns: the completion's result, or the negated errno of `io_uring_enter(2)`.
  package mutating func complete(_ prepare: (Submission) -> Void) -> Int32 {
    let tag = UInt64.max
    let entry = nextSubmission()
    prepare(entry)
    entry.pointee.user_data = tag
    while true {
      let submitted = submitAndWait(1)
      guard submitted >= 0 || submitted == -EINTR else { return submitted }
      for index in 0..<readyCompletions where completion(index).userData == tag {
        let result = completion(index).result
        consume(readyCompletions)
        return result
      }
      consume(readyCompletions)
    }
  }
}
