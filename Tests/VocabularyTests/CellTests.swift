import ArgumentParser
import Arguments
import Testing
import Vocabulary

@Suite struct CellTests {
  let cell = Cell(
    transport: .tcp, mode: .pbuf, operation: .multishot, pattern: .drain, cpuNode: 0, memoryNode: 0)

  @Test func identifierIsTheContracts() {
    #expect(cell.id == "tcp/pbuf/multishot/drain/msg=64/bufsize=4096/bufs=256/batch=64/conns=1/cpu=0/mem=0")
  }

  @Test func rateIsPartOfTheIdentifierOnlyWhenPaced() {
    var paced = cell
    paced.pattern = .paced
    paced.rate = 1000
    #expect(paced.id == "tcp/pbuf/multishot/paced/msg=64/bufsize=4096/bufs=256/batch=64/conns=1/rate=1000/cpu=0/mem=0")
  }

  @Test(arguments: [("64", 64), ("4k", 4096), ("1M", 1_048_576), ("2G", 2_147_483_648)])
  func sizes(text: String, bytes: Int) {
    #expect(ByteSize(argument: text)?.bytes == bytes)
  }

  @Test(arguments: ["0", "", "k", "-1", "4kk", "1.5k", "0x10", "99999999999G", " 64"])
  func badSizes(text: String) {
    #expect(ByteSize(argument: text) == nil)
  }
}
