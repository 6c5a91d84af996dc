import Glibc

/// The other end of `pingpong`: a thread that sends every message back, byte for byte.
struct EchoPeer: Sendable {
  let receive: Int32
  let send: Int32
  let messageSize: Int
  let control: SenderControl

  /// Runs until the worker's end is closed.
  func run() {
    Sender.makeBlocking(send)
    let message = UnsafeMutableRawBufferPointer.allocate(byteCount: messageSize, alignment: 8)
    defer { message.deallocate() }
    control.becomeReady()
    while readAll(message), Sender.writeAll(message, to: send) {}
  }

  private func readAll(_ message: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < message.count {
      let count = read(receive, message.baseAddress! + done, message.count - done)
      if count == 0 || (count < 0 && errno != EINTR) { return false }
      done += max(0, count)
    }
    return true
  }
}
