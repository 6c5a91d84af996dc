import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// The parts of a recipe: its digest, its patches, the callers that it knows, and its configuration.
@Suite struct LaboratoryRecipeTests {
  private let bench: BuildBench

  init() throws { bench = try BuildBench() }

  private func digests(_ names: [String]) async throws -> [String] {
    let recipe = try LaboratoryRecipe(folder: bench.recipe)
    var digests: [String] = []
    for name in names { digests.append(try await recipe.digest(of: LaboratoryKernel(argument: name))) }
    return digests
  }

  private static let names = ["lab", "lab-control", "lab-debug", "lab-kcsan", "lab-7", "lab-control-7"]

  /// Each file decides about some kernels. The others stay as they are.
  @Test(arguments: [
    ("series/6.12/0002-second.patch", ["lab", "lab-debug", "lab-kcsan"]),
    ("series/6.12/0003-third.patch", ["lab", "lab-debug", "lab-kcsan"]),
    ("series/6.12/callers", ["lab", "lab-debug", "lab-kcsan"]), ("series/7/0001-first.patch", ["lab-7"]),
    ("io_uring/kmbuf.h", ["lab", "lab-debug", "lab-kcsan", "lab-7"]), ("config/lab.config", names),
    ("config/debug.config", ["lab-debug"]), ("config/kcsan.config", ["lab-kcsan"]),
    ("config/7.config", ["lab-7", "lab-control-7"]), ("README.md", []),
  ])
  func theDigestCoversWhatIsBuilt(file: String, kernels: [String]) async throws {
    let before = try await digests(Self.names)
    #expect(Set(before).count == Self.names.count)
    try bench.write("changed\n", file)
    let after = try await digests(Self.names)
    let changed = zip(Self.names, zip(before, after)).filter { $1.0 != $1.1 }.map(\.0)
    #expect(changed == kernels)
  }

  /// Patches apply in the order of their names.
  @Test func aPatchOfAnotherNameIsAnotherRecipe() async throws {
    let before = try await digests(["lab", "lab-control"])
    let series = bench.recipe + "/series/6.12/"
    try Files.move(series + "0001-first.patch", over: series + "0009-first.patch")
    let after = try await digests(["lab", "lab-control"])
    #expect(before[0] != after[0])
    #expect(before[1] == after[1])
  }

  @Test(arguments: [
    ("patching file a.c\nHunk #2 FAILED at 7.\npatching file b.c\nHunk #1 FAILED at 1.\n", "a.c, hunk 2"),
    (
      "patching file a.c\nHunk #1 succeeded at 9 (offset 2 lines).\npatching file b.c\nHunk #12 FAILED at 1.\n",
      "b.c, hunk 12"
    ),
    (
      "can't find file to patch at input line 3\nPerhaps you used the wrong -p\n",
      "can't find file to patch at input line 3"
    ),
    ("patching file a.c\npatch: **** malformed patch at line 5\n", "patch: **** malformed patch at line 5"),
    ("", nil),
  ])
  func theFirstFailureOfAPatch(log: String, words: String?) { #expect(KernelSeries.failure(in: log) == words) }

  @Test func everyCallOfTheSelectionIsCounted() throws {
    let folder = bench.folder.file("tree/io_uring")
    try Files.makeFolder(folder)
    let text = """
      struct io_br_sel io_buffer_select(struct io_kiocb *req)
      {
      \treturn io_ring_buffer_select(req);
      \t/* io_buffer_select() did it, and io_buffers_select(req) too */
      \tif (!io_buffer_select(req).addr)
              *sel = io_buffer_select(req);
      }
      """
    try Files.write(text.utf8, to: folder + "/a.c")
    try Files.write("\tio_buffer_select(req);\n".utf8, to: folder + "/a.h")
    try Files.write("a.c 2\n".utf8, to: folder + "/callers")
    let known = try SelectionCallers(file: folder + "/callers")
    #expect(try SelectionCallers(tree: bench.folder.file("tree")) == known)
  }

  @Test(arguments: [
    ("CONFIG_A=y\n", "CONFIG_A=y\n", []), ("CONFIG_A=y\n", "CONFIG_A=m\n", ["CONFIG_A=y"]),
    ("CONFIG_A=y\n", "# CONFIG_A is not set\n", ["CONFIG_A=y"]), ("CONFIG_A=y\n", "CONFIG_AB=y\n", ["CONFIG_A=y"]),
    ("CONFIG_A=y\nCONFIG_A=m\n", "CONFIG_A=m\n", []), ("CONFIG_A=y\n# CONFIG_A is not set\n", "CONFIG_B=y\n", []),
    ("# CONFIG_A is not set\n", "CONFIG_A=y\n", ["# CONFIG_A is not set"]), ("# A comment\n", "", []),
  ])
  func linesThatDoNotHold(wanted: String, finished: String, broken: [Substring]) {
    #expect(KernelConfiguration(text: wanted).broken(in: finished) == broken)
  }
}
