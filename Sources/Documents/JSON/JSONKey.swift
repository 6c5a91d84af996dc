import Glibc

/// The key of an object's member, compared as bytes.
struct JSONKey {
  let bytes: Slice<UnsafeRawBufferPointer>

  static func == (key: JSONKey, name: StaticString) -> Bool {
    key.bytes.count == name.utf8CodeUnitCount
      && memcmp(UnsafeRawBufferPointer(rebasing: key.bytes).baseAddress!, name.utf8Start, key.bytes.count) == 0
  }

  static func == (key: JSONKey, name: [UInt8]) -> Bool {
    key.bytes.count == name.count
      && memcmp(UnsafeRawBufferPointer(rebasing: key.bytes).baseAddress!, name, name.count) == 0
  }
}
