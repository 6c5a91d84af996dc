import Testing

@testable import HostFacts

@Suite struct VirtualizationTests {
  @Test(arguments: [
    ("KVMKVMKVM", "kvm"), ("TCGTCGTCGTCG", "tcg"), ("VMwareVMware", "vmware"), ("Microsoft Hv", "hyperv"),
    ("XenVMMXenVMM", "xen"), ("bhyve bhyve ", "bhyve"), ("SomethingNew", "SomethingNew"), ("", "unknown"),
  ])
  func theSignatureNamesTheHypervisor(signature: String, name: String) {
    #expect(Virtualization.name(hasHypervisor: true, signature: signature) == name)
  }

  @Test func withoutAHypervisorTheLeafMeansNothing() {
    #expect(Virtualization.name(hasHypervisor: false, signature: "GenuineIntel") == "none")
  }

  @Test(arguments: [("linux,kvm\0", "kvm"), ("xen,xen-4.17\0xen,xen\0", "xen"), ("", "unknown")])
  func aDeviceTreeNamesTheHypervisor(compatible: String, name: String) {
    #expect(Virtualization.name(compatible: compatible) == name)
  }
}
