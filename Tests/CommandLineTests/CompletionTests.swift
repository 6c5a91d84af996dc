import Base
import FoundationEssentials
import TestSupport
import Testing
import Vocabulary

/// The completion of the shells, from the script to the words that bash offers.
@Suite struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["bash", "zsh", "fish"]) func theScriptHasEveryWord(shell: String) async throws {
    let script = try await Program.run(Places.ringbench, ["--generate-completion-script", shell])
    #expect(script.status == 0 && script.error.isEmpty)
    let words =
      Mode.allCases.map(\.rawValue) + Transport.allCases.map(\.rawValue) + Operation.allCases.map(\.rawValue)
      + Pattern.allCases.map(\.rawValue) + StatusStyle.allCases.map(\.rawValue)
    let formats = ["github-action-benchmark", "benchstat", "openmetrics", "markdown", "ktap", "lkp", "bmf"]
    for word in words + formats + ["lab-debug", "kvm", "remote", "implementation"] {
      #expect(script.output.contains(word), "\(word)")
    }
  }

  /// What bash offers for the last word of a line.
  private func offered(_ line: String) async throws -> [String] {
    let script = try await Program.run(Places.ringbench, ["--generate-completion-script", "bash"])
    try folder.write(script.output, to: "completion.bash")
    let bash = """
      source completion.bash
      COMP_LINE="$1" COMP_POINT=${#1}
      read -ra COMP_WORDS <<<"$1"
      [[ "$1" != *' ' ]] || COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_WORDS[0]="$0"
      _ringbench ringbench "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let program = try await Program.run(
      "/bin/bash", ["-c", bash, Places.ringbench, line], in: folder.path,
      environment: ["XDG_CACHE_HOME": folder.file("cache")])
    #expect(program.error.isEmpty, "\(program.error)")
    return program.output.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ("ringbench run --mode legacy", ["legacy", "legacy-runs"]),
    ("ringbench run --suite q", ["quick"]), ("ringbench run --suite m", ["memory", "mine.yaml"]),
    ("ringbench ask ha", ["hand-back"]), ("ringbench ask fair --transport pipe-", ["pipe-packet"]),
    ("ringbench run --suite su", ["suites/"]), ("ringbench run --suite suites/", ["suites/other.yml"]),
    ("ringbench run --poll-first ", ["0", "1"]), ("ringbench run --placement re", ["remote"]),
    ("ringbench run --resume s", ["suites"]), ("ringbench report --format k", ["ktap"]),
    ("ringbench report mi", ["mine.json"]), ("ringbench compare --by tr", ["transport"]),
    ("ringbench vm run --kernel debian-6", ["debian-6.1", "debian-6.12", "debian-6.12@6.12.9-1"]),
    ("ringbench vm run --kernel lab-d", ["lab-debug", "lab-debug-7"]),
    ("ringbench vm run --kernel mine.j", ["mine.json"]),
    ("ringbench vm run --kernel lab -- --mes", ["--message-size"]),
    ("ringbench vm run --kernel lab -- --mode kmbuf-", ["kmbuf-runs", "kmbuf-refill"]),
    ("ringbench vm compare -- --suite o", ["overhead"]),
    ("ringbench kernel fetch ", ["debian-6.1", "debian-6.12", "debian-6.12@6.12.9-1", "debian-7"]),
    ("ringbench kernel build lab-c", ["lab-control", "lab-control-7"]),
    ("ringbench kernel build lab --source ", ["6.12", "7"]), ("ringbench run --status b", ["bisect"]),
  ])
  func bashOffers(line: String, words: [String]) async throws {
    for name in ["mine.yaml", "mine.json"] { try folder.write("", to: name) }
    for name in ["suites", "cache/ringbench/kernels/debian-6.12@6.12.9-1"] { try Files.makeFolder(folder.file(name)) }
    try folder.write("", to: "suites/other.yml")
    #expect(try await offered(line) == words)
  }
}
