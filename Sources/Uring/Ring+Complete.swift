import Base
import CUring
import Glibc

extension Ring {
  /// Submits one request and waits for it: for set-up and tear-down.
  ///
  /// Drops unread completions of earlier requests, and further completions of this request.
  ///
  /// - Returns: the completion's result, or the negated errno of `io_uring_enter(2)`.
  package mutating func complete(_ prepare: (Submission) -> Void) -> Int32 {
    do throws(SystemError) { return try completed(prepare).result } catch { return -error.errno }
  }

  /// The same, with the whole completion; nil where the kernel could not be entered.
  mutating func completion(_ prepare: (Submission) -> Void) -> Completion? { try? completed(prepare) }

  private mutating func completed(_ prepare: (Submission) -> Void) throws(SystemError) -> Completion {
    let tag = UInt64.max
    let entry = nextSubmission()
    prepare(entry)
    entry.pointee.user_data = tag
    while true {
      let submitted = submitAndWait(1)
      guard submitted >= 0 || submitted == -EINTR else {
        throw SystemError(call: "io_uring_enter", errno: -submitted)
      }
      for index in 0..<readyCompletions where completion(index).userData == tag {
        let completion = completion(index)
        consume(readyCompletions)
        return completion
      }
      consume(readyCompletions)
    }
  }
}
