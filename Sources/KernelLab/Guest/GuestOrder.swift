import Base
import CGuest
import Documents
import FoundationEssentials
import Glibc

/// A request in marked pages of a guest's memory. The host writes it into the memory of a saved machine, so that the guest
/// needs no device and no interrupt to get it: machines with different orders stay the same to the instruction.
enum GuestOrder {
  private static let pages = Int(CGUEST_ORDER_PAGES)
  private static let pageSize = Int(CGUEST_ORDER_PAGE_SIZE)
  private static let markSize = Int(CGUEST_ORDER_MARK_SIZE)
  private static var room: Int { pageSize - markSize }

  // MARK: In the guest

  /// Prepares the pages before the machine is saved.
  static func prepare() { cguest_mark_order_pages() }

  /// The request that the host wrote: a length of eight bytes, little endian, then JSON, from page to page.
  static func read() throws -> GuestRequest {
    func byte(_ index: Int) -> UInt8 { cguest_order_byte(Int32(index / room), Int32(markSize + index % room)) }
    let length = (0..<8).reduce(0) { $0 | Int(byte($1)) << (8 * $1) }
    guard length > 0, length <= pages * room - 8 else {
      throw RingbenchError.failed("the host gave no order")
    }
    return try ResultsJSON.decode(GuestRequest.self, from: Data((8..<8 + length).map(byte)))
  }

  // MARK: On the host

  /// Where the marked pages are in a file with a guest's memory.
  ///
  /// - Throws: `failed` where a mark is missing or there twice.
  static func places(inMemory path: String) throws(RingbenchError) -> [Int] {
    guard let memory = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      throw RingbenchError.failed("\(path): can't be read")
    }
    let marks = (0..<pages).map(mark)
    var places: [Int: Int] = [:]
    var isAmbiguous = false
    memory.withUnsafeBytes { bytes in
      for place in stride(from: 0, to: bytes.count - pageSize + 1, by: pageSize) {
        let first = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        guard first != 0, let page = marks.firstIndex(where: { $0.starts(with: bytes[place..<place + markSize]) })
        else { continue }
        if places.updateValue(place, forKey: page) != nil { isAmbiguous = true }
      }
    }
    let found = (0..<pages).compactMap { places[$0] }
    guard found.count == pages, !isAmbiguous else {
      throw RingbenchError.failed("the guest's memory has \(found.count) of \(pages) marked pages once")
    }
    return found
  }

  private static func mark(_ page: Int) -> [UInt8] {
    var mark = [UInt8](repeating: 0, count: markSize)
    cguest_order_mark(Int32(page), &mark)
    return mark
  }

  /// Writes a request into a file with a guest's memory.
  static func write(_ request: GuestRequest, toMemory path: String, at places: [Int]) throws {
    let json = try ResultsJSON.line(request)
    var bytes = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
    guard bytes.count <= pages * room else {
      throw RingbenchError.failed("an order of \(json.count) bytes is longer than the pages for it")
    }
    bytes += Array(repeating: 0, count: pages * room - bytes.count)
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw RingbenchError.failed("\(path): can't be written") }
    defer { close(file) }
    for (page, place) in places.enumerated() {
      let written = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + page * room, room, place + markSize) }
      guard written == room else { throw RingbenchError.failed("\(path): can't be written") }
    }
  }
}
