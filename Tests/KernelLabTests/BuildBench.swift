import Base
import FoundationEssentials
import TestSupport

/// A recipe, an archive of small source packages, and scripts in the place of apt, dpkg-deb, tar and make. With it
/// `ringbench kernel build` runs to its end in a second.
struct BuildBench {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try writeRecipe()
    for name in ["archive", "bin", "state"] { try Files.makeFolder(folder.file(name)) }
    for (name, script) in Self.programs { try fake(name, script) }
  }

  var recipe: String { folder.file("Kernel") }
  var kernels: [String] { Files.names(in: folder.file("cache/ringbench/kernels")) }
  var buildFolder: String { folder.file("cache/ringbench/build") }

  // MARK: Running

  /// Builds with the fakes.
  func build(_ arguments: [String], state: String = "state") async throws -> Program {
    try await run(["kernel", "build"] + arguments + ["--sources", recipe], state: state)
  }

  /// - Parameter state: the folder into which the fakes write what they were asked, see `makeHolds`.
  func run(_ arguments: [String], state: String = "state") async throws -> Program {
    try Files.makeFolder(folder.file(state))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    // The shell leaves its process number, which is that of ringbench, and keeps standard error where a test can see it.
    let command = #"echo $$ >"$STATE/ringbench"; exec "$0" "$@" 2>"$STATE/error""#
    var program = try await Program.run(
      "/bin/sh", ["-c", command, Places.ringbench] + arguments, in: folder.path,
      environment: [
        "XDG_CACHE_HOME": folder.file("cache"), "PATH": folder.file("bin") + ":" + path,
        "ARCHIVE": folder.file("archive"), "STATE": folder.file(state),
      ])
    program.error = text("\(state)/error")
    return program
  }

  /// Lets the fake make wait until `makeGoesOn`.
  func makeHolds(state: String = "state") throws {
    try Files.makeFolder(folder.file(state))
    try Files.write([], to: folder.file("\(state)/hold"))
  }

  func makeGoesOn(state: String = "state") throws {
    try FileManager.default.removeItem(atPath: folder.file("\(state)/hold"))
  }

  /// Waits until a file in the folder has a line in it.
  func wait(for file: String) async throws {
    for _ in 1...3000 where !text(file).contains("\n") { try await Task.sleep(for: .milliseconds(20)) }
    guard text(file).contains("\n") else { throw RingbenchError.failed("\(file): nothing came in a minute") }
  }

  /// The number in a file that a process has written.
  func process(_ file: String) throws -> Int32? {
    Int32(try Files.text(folder.file(file)).split(separator: "\n").first ?? "")
  }

  func text(_ file: String) -> String { (try? Files.text(folder.file(file))) ?? "" }

  /// What apt-get and make were asked, one call a line.
  func calls(_ words: String, state: String = "state") -> Int {
    text("\(state)/calls").split(separator: "\n").count { $0.contains(words) }
  }

  // MARK: The recipe

  private static let series = [
    "0001-first.patch": """
    The first one.

    --- a/io_uring/kbuf.h
    +++ b/io_uring/kbuf.h
    @@ -1,3 +1,4 @@
     struct io_br_sel io_buffer_select(struct io_kiocb *req, size_t *len,
     \t\t\t\t  unsigned int issue_flags);
    +int io_kmbuf_first(void);
     int io_last(void);

    """,
    "0002-second.patch": """
    The second one.

    --- a/io_uring/net.c
    +++ b/io_uring/net.c
    @@ -1,6 +1,7 @@
     int io_recv(struct io_kiocb *req)
     {
     \tsel = io_buffer_select(req, &len, issue_flags);
    +\tio_kmbuf_first();
     \treturn 0;
     }

    @@ -7,5 +8,6 @@
     static int io_recv_select(struct io_kiocb *req)
     {
     \t*sel = io_buffer_select(req, &len, issue_flags);
    +\tio_kmbuf_second();
     \treturn 1;
     }

    """,
  ]

  private func writeRecipe() throws {
    for base in ["6.12", "7"] {
      try Files.makeFolder("\(recipe)/series/\(base)")
      for (name, patch) in Self.series { try write(patch, "series/\(base)/\(name)") }
      try write(
        "# As the tree has them.\nnet.c 2\nrw.c 1\n\(base == "7" ? "uring_cmd.c 1\n" : "")", "series/\(base)/callers")
    }
    for name in ["io_uring", "config"] { try Files.makeFolder("\(recipe)/\(name)") }
    try write("int io_kmbuf_first(void) { return io_buffer_select(0, 0, 0); }\n", "io_uring/kmbuf.c")
    try write("int io_kmbuf_first(void);\n", "io_uring/kmbuf.h")
    try write("CONFIG_IO_URING=y\nCONFIG_PRINTK=y\n", "config/lab.config")
    try write("CONFIG_KASAN=y\n# CONFIG_PRINTK is not set\n", "config/debug.config")
    try write("CONFIG_KCSAN=y\n", "config/kcsan.config")
  }

  /// Writes a file of the recipe.
  func write(_ text: String, _ file: String) throws { try Files.write(text.utf8, to: "\(recipe)/\(file)") }

  // MARK: The archive

  /// Puts a version of a package into an archive. The series fits its tree.
  ///
  /// - Parameters:
  ///   - suite: a suite of Debian, or `system`.
  ///   - files: files of `io_uring` that differ.
  func add(_ package: String, _ version: String, in suite: String = "system", files: [String: String] = [:]) throws {
    let tree = folder.file("archive/\(suite)/\(package)/\(version)")
    try Files.makeFolder(tree + "/io_uring")
    var all = Self.tree
    if package.contains("-7") {
      all["uring_cmd.c"] = "int f(void)\n{\n\treturn io_buffer_select(req, len, group);\n}\n"
    }
    for (name, text) in all.merging(files, uniquingKeysWith: { $1 }) {
      try Files.write(text.utf8, to: "\(tree)/io_uring/\(name)")
    }
  }

  /// Lets the mirror lose a version that the index still names.
  func lose(_ package: String, _ version: String) throws {
    try Files.write([], to: folder.file("archive/system/\(package)/\(version)/lost"))
  }

  /// A file that the second patch doesn't fit, in its second hunk.
  static let otherNet = tree["net.c", default: ""].replacing("return 1;", with: "return 2;")

  static let tree = [
    "Makefile": "obj-$(CONFIG_IO_URING) += io_uring.o kbuf.o",
    "kbuf.h": """
    struct io_br_sel io_buffer_select(struct io_kiocb *req, size_t *len,
    \t\t\t\t  unsigned int issue_flags);
    int io_last(void);

    """,
    "kbuf.c": """
    /*
     * io_buffer_select() finds a buffer, and io_buffers_select(req, 1) several.
     */
    struct io_br_sel io_buffer_select(struct io_kiocb *req, size_t *len,
    \t\t\t\t  unsigned int issue_flags)
    {
    \treturn io_ring_buffer_select(req, len, issue_flags);
    }

    """,
    "net.c": """
    int io_recv(struct io_kiocb *req)
    {
    \tsel = io_buffer_select(req, &len, issue_flags);
    \treturn 0;
    }

    static int io_recv_select(struct io_kiocb *req)
    {
    \t*sel = io_buffer_select(req, &len, issue_flags);
    \treturn 1;
    }

    """,
    "rw.c": "int io_read(void)\n{\n\t\t*sel = io_buffer_select(req, &len, issue_flags);\n}\n",
  ]

  // MARK: The programs

  func fake(_ name: String, _ script: String) throws {
    let path = folder.file("bin/\(name)")
    try Files.write("#!/bin/sh\n\(script)\n".utf8, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// Which archive an apt reads: that of the suite in whose folder its configuration is.
  private static let suite = #"suite=system; [ -z "$APT_CONFIG" ] || suite=$(basename "$(dirname "$APT_CONFIG")")"#

  private static let programs = [
    "apt-config": "exit 0",
    "apt-cache": suite + """

      cd "$ARCHIVE/$suite" 2>/dev/null || exit 0
      case "$1" in
        --names-only) ls | grep -E "$3" | sed 's/$/ - Linux kernel source/'; exit 0 ;;
      esac
      shift
      for name; do
        for version in $(ls "$name"); do echo " $name | $version | http://mirror/debian x/main amd64 Packages"; done
      done
      """,
    "apt-get": suite + """

      echo "apt-get $*" >>"$STATE/calls"
      case "$*" in
        indextargets*) echo 'Debian|Debian|http://mirror/debian/' ;;
        *download*)
          tree="$ARCHIVE/$suite/${3%%=*}/${3#*=}"
          if [ -e "$tree/lost" ]; then
            echo "E: Failed to fetch http://mirror/pool/${3%%=*}_all.deb  404  Not Found [IP: ::1 80]" >&2
            exit 100
          fi
          echo "$tree" >source.deb ;;
      esac
      """,
    "dpkg-deb": """
    tree=$(cat "$2")
    cp -r "$tree" "$(basename "$(dirname "$tree")")"
    """,
    "tar": "exit 0",
    // It keeps the sources that it compiles. The image has no more than the header of a bzImage.
    "make": #"""
    echo "make $*" >>"$STATE/calls"
    for word; do case "$word" in LOCALVERSION=*) release="6.12.1${word#*=}" ;; esac; done
    case "$*" in *allnoconfig) cp wanted.config .config; cp wanted.config "$STATE/config"; exit 0 ;; esac
    rm -rf "$STATE/compiled"
    cp -r io_uring "$STATE/compiled"
    echo $$ >"$STATE/make"
    while [ -e "$STATE/hold" ]; do sleep 0.02; done
    mkdir -p arch/x86/boot
    {
      head -c 514 /dev/zero
      printf HdrS
      head -c 8 /dev/zero
      printf '\020\000%s\000' "$release"
    } >arch/x86/boot/bzImage
    """#,
  ]
}
