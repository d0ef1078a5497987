namespace NodeData.Sdk.Tpm.Commands;

/// <summary>What an index is (TPM 2.0 Library, part 2, "TPMA_NV"), of that what reading needs.</summary>
[Flags]
internal enum IndexAttributes : uint
{
    None = 0,

    /// <summary>Its type: 0 for ordinary memory.</summary>
    Type = 0xF0,

    WriteLocked = 1 << 11,

    /// <summary>A write lock stays for good.</summary>
    WriteDefine = 1 << 13,

    /// <summary>It can be read with the owner's authorisation.</summary>
    OwnerRead = 1 << 17,

    /// <summary>It can be read with its own authorisation.</summary>
    AuthRead = 1 << 18,

    ReadLocked = 1 << 28,

    Written = 1 << 29,
}
