namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Defines the attributes of an index that reading requires (TPM 2.0 Library, part 2, "TPMA_NV").</summary>
[Flags]
internal enum IndexAttributes : uint
{
    None = 0,

    /// <summary>The type of the index: 0 for ordinary data.</summary>
    Type = 0xF0,

    WriteLocked = 1 << 11,

    /// <summary>A write lock is permanent.</summary>
    WriteDefine = 1 << 13,

    /// <summary>The index can be read with owner authorization.</summary>
    OwnerRead = 1 << 17,

    /// <summary>The index can be read with its own authorization value.</summary>
    AuthRead = 1 << 18,

    ReadLocked = 1 << 28,

    Written = 1 << 29,
}
