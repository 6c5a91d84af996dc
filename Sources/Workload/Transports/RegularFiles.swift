import Base
import CTransport
import Glibc
import Vocabulary

/// A regular file that holds a known sequence of messages. Its name is removed before it is filled, so that a kill does
/// not leave it behind.
enum RegularFiles {
  /// A file in the page cache.
  static func open(_ cell: Cell, directory: String?) throws(Reason) -> Links {
    let (descriptor, path) = try create(in: directory ?? temporaryDirectory)
    unlink(path)
    try fill(descriptor, cell)
    return Links([Link(workerReceive: descriptor)], arrival: .bySending)
  }

  /// A file on a device, read past the page cache.
  static func openDirect(_ cell: Cell, directory: String?) throws(Reason) -> Links {
    guard cell.messageSize % 512 == 0 else {
      throw Reason(
        stage: .setup,
        message: "O_DIRECT reads whole blocks: a message size of \(cell.messageSize) is not a multiple of 512")
    }
    let folder = directory ?? (ctransport_is_in_memory(temporaryDirectory) ? "/var/tmp" : temporaryDirectory)
    guard !ctransport_is_in_memory(folder) else {
      throw Reason(
        stage: .setup,
        message: "\(folder) lies in memory, where O_DIRECT means nothing: name a folder on a disk (--directory)")
    }
    let (writer, path) = try create(in: folder)
    defer { close(writer) }
    let reader = ctransport_open_direct(path)
    let refusal = errno
    unlink(path)
    guard reader >= 0 else {
      let advice = "the file system of \(folder) has no O_DIRECT: name a folder on another one (--directory)"
      throw Reason(.setup, SystemError(call: "open(O_DIRECT)", errno: refusal), advice)
    }
    try fill(writer, cell)
    try checked("fsync", "", fsync(writer))
    return Links([Link(workerReceive: reader)], arrival: .bySending)
  }

  private static var temporaryDirectory: String {
    guard let value = getenv("TMPDIR"), value.pointee != 0 else { return "/tmp" }
    return String(cString: value)
  }

  private static func create(in directory: String) throws(Reason) -> (Int32, path: String) {
    var template = Array("\(directory)/ringbench-XXXXXX".utf8CString)
    let descriptor = ctransport_create_file(&template)
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    try checked("create a file in \(directory)", "name a writable folder (--directory)", descriptor)
    return (descriptor, path)
  }

  /// Writes message after message, batch by batch.
  private static func fill(_ descriptor: Int32, _ cell: Cell) throws(Reason) {
    let shape = WorkloadShape(cell)
    var batch = [UInt8](repeating: 0, count: shape.batchBytes)
    for first in stride(from: 0, to: shape.fileMessages, by: shape.batch) {
      batch.withUnsafeMutableBytes { bytes in
        for index in 0..<shape.batch {
          let message = UnsafeMutableRawBufferPointer(
            rebasing: bytes[index * shape.messageSize..<(index + 1) * shape.messageSize])
          Message.write(first + UInt64(index), to: message, whole: true)
          TestHooks.corrupt(message, sequence: first + UInt64(index))
        }
      }
      let written = write(descriptor, batch, batch.count)
      guard written == batch.count else {
        throw Reason(.setup, SystemError(call: "write", errno: written < 0 ? errno : ENOSPC))
      }
    }
  }
}
