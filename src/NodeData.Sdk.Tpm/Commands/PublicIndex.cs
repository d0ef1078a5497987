namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Represents the public area of an index.</summary>
/// <param name="Attributes">The attributes.</param>
/// <param name="Length">The size of the data in bytes.</param>
internal readonly record struct PublicIndex(IndexAttributes Attributes, int Length)
{
    private const uint Owner = 0x4000_0001;

    public bool IsPermanentlyLocked =>
        (Attributes & (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine))
        == (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine);

    /// <summary>Parses the response to <see cref="TpmCommand.ReadPublic"/>.</summary>
    public static PublicIndex From(TpmResponse response)
    {
        _ = response.ReadUInt16(); // the size of the public area
        _ = response.ReadUInt32(); // the index
        _ = response.ReadUInt16(); // the hash algorithm
        var attributes = (IndexAttributes)response.ReadUInt32();
        _ = response.ReadSizedBytes(); // the policy digest
        return new PublicIndex(attributes, response.ReadUInt16());
    }

    /// <summary>Gets the handle of the authority that is required to read the index.</summary>
    /// <exception cref="NodeDataConfigurationException">The index cannot be read, or is not locked permanently.</exception>
    public uint GetReadAuthority(TpmHandle index, bool allowUnlocked)
    {
        if (Validate(index, allowUnlocked) is { } error)
        {
            throw new NodeDataConfigurationException($"the index {index} {error}");
        }

        return Attributes.HasFlag(IndexAttributes.AuthRead) ? index.Value : Owner;
    }

    private string? Validate(TpmHandle index, bool allowUnlocked) =>
        (Attributes & IndexAttributes.Type) != 0 ? "is a counter or another special type and contains no key. Correct the handle."
        : !Attributes.HasFlag(IndexAttributes.Written) ? "was defined but never written. Complete the provisioning (docs/edge.md)."
        : Length is 0 or > IndexReader.MaxBytes
            ? $"has a size of {Length} bytes. An index with a key has 1 to {IndexReader.MaxBytes}. Correct the handle."
        : Attributes.HasFlag(IndexAttributes.ReadLocked)
            ? "is read-locked until the TPM restarts (tpm2_nvreadlock was run). Restart the machine."
        : (Attributes & (IndexAttributes.AuthRead | IndexAttributes.OwnerRead)) == 0
            ? "can only be read with a policy, which this client does not support. Define it with authread (docs/edge.md)."
        : IsPermanentlyLocked || allowUnlocked ? null
        : Attributes.HasFlag(IndexAttributes.WriteLocked)
            ? $"is locked only until the TPM restarts. Define it with writedefine, so that the lock is permanent (docs/edge.md). {AllowUnlockedHint}"
        : Attributes.HasFlag(IndexAttributes.WriteDefine)
            ? $"is not write-locked, so the key could be replaced. Lock it permanently: tpm2_nvwritelock {index} -C o. {AllowUnlockedHint}"
        : $"is not write-locked, so the key could be replaced. Define it with writedefine, write it and lock it permanently (docs/edge.md). {AllowUnlockedHint}";

    private static string AllowUnlockedHint => $"To read it anyway, set TpmSecretOptions.{nameof(TpmSecretOptions.AllowUnlockedIndexes)}.";
}
