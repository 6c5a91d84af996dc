/// A fault of released kernels in receives into buffer rings, and how to see it.
///
/// Each is looked for by what it does. A version says little: distributions carry fixes to older kernels, or don't.
package struct KnownFault: Sendable {
  /// A name of this project's own.
  package let name: String
  /// What goes wrong, as the end of a sentence that begins with "here".
  package let summary: String
  /// The kernel's commit that mends it, and the releases that have it; nil while nothing does.
  package let fix: String?
  /// Whether the fault is here. Nil where the kernel does not offer what the fault is in.
  let isHere: @Sendable () -> Bool?

  /// The faults that this kernel has.
  package static func found() -> [KnownFault] { all.filter { $0.isHere() == true } }

  /// Everything that is looked for.
  package static let all = [
    KnownFault(
      name: "bundle-shrinks-buffer",
      summary: "a bundled receive that finds no data leaves its buffer as short as it asked for",
      fix: "70f4886bcbb9, Linux 7.1 and 6.18.36", isHere: BundleFaults.shrinksBuffer),
    KnownFault(
      name: "incremental-file-address",
      summary: "the data of a file goes behind where an incremental buffer should take it",
      fix: "ed123c948d06, Linux 6.13 and 6.12.9", isHere: IncrementalFaults.fileAddress),
    KnownFault(
      name: "incremental-file-flag",
      summary: "a read of a file says that an incremental buffer is used up when it is not",
      fix: "418eab7a6f3c, Linux 7.0 and 6.12.81", isHere: IncrementalFaults.fileFlag),
    KnownFault(
      name: "incremental-end-flag",
      summary: "a receive at the end of a stream says that an incremental buffer is used up when it is not",
      fix: "3ecd3e03144b, Linux 7.0 and 6.12.81", isHere: IncrementalFaults.endFlag),
    KnownFault(
      name: "incremental-short-read",
      summary: "a read past the end of a file takes more of an incremental buffer than it fills",
      fix: nil, isHere: IncrementalFaults.shortRead),
  ]
}
