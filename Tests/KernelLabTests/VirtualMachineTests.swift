import Testing

/// Tests that boot real kernels. They run one after the other, because each takes a whole CPU.
@Suite(.serialized, .enabled(if: Laboratory.bootsKernels, "scripts/test --kernels runs what boots kernels"))
struct VirtualMachineTests {}
