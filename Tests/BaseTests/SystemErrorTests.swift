import Base
import Glibc
import Testing

@Suite struct SystemErrorTests {
  @Test func anErrorNamesItsCallAndItsNumber() {
    let error = SystemError(call: "mbind", errno: EINVAL)
    #expect(error.name == "EINVAL")
    #expect(error.description == "mbind: EINVAL (Invalid argument)")
  }

  @Test func aNumberWithoutANameIsItsOwn() {
    #expect(errnoName(4711) == "4711")
    #expect(errnoName(ENOBUFS) == "ENOBUFS")
  }
}
