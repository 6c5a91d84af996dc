import Testing

/// Boots of real kernels: one after the other, as each takes all of a CPU.
@Suite(.serialized, .enabled(if: Laboratory.isReady, "QEMU and the executables of scripts/build are needed"))
struct VirtualMachineTests {}
