namespace NodeData.Sdk.Tpm.Commands;

/// <summary>What everybody may know of an index.</summary>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Length">How many bytes it holds.</param>
internal readonly record struct PublicIndex(IndexAttributes Attributes, int Length)
{
    private const uint Owner = 0x4000_0001;

    public bool IsPermanentlyLocked =>
        (Attributes & (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine))
        == (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine);

    /// <summary>Reads the answer to <see cref="TpmCommand.ReadPublic"/>.</summary>
    public static PublicIndex From(TpmResponse response)
    {
        _ = response.ReadUInt16(); // of what follows
        _ = response.ReadUInt32(); // the index
        _ = response.ReadUInt16(); // its hash
        var attributes = (IndexAttributes)response.ReadUInt32();
        _ = response.ReadSizedBytes(); // its policy
        return new PublicIndex(attributes, response.ReadUInt16());
    }

    /// <summary>Whose authorisation reading takes.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or should not be.</exception>
    public uint GetReadAuthority(TpmHandle index, bool allowUnlocked)
    {
        if (Validate(index, allowUnlocked) is { } error)
        {
            throw new NodeDataConfigurationException($"the index {index} {error}");
        }

        return Attributes.HasFlag(IndexAttributes.AuthRead) ? index.Value : Owner;
    }

    private string? Validate(TpmHandle index, bool allowUnlocked) =>
        (Attributes & IndexAttributes.Type) != 0 ? "is a counter or the like and holds no key. Correct the handle."
        : !Attributes.HasFlag(IndexAttributes.Written) ? "was defined and never written. Finish its provisioning (docs/edge.md)."
        : Length is 0 or > IndexReader.MaxBytes
            ? $"holds {Length} bytes. One that holds a key has 1 to {IndexReader.MaxBytes}. Correct the handle."
        : Attributes.HasFlag(IndexAttributes.ReadLocked)
            ? "is locked against reading until the TPM restarts (somebody ran tpm2_nvreadlock). Restart the machine."
        : (Attributes & (IndexAttributes.AuthRead | IndexAttributes.OwnerRead)) == 0
            ? "can only be read under a policy, which this client cannot follow. Define it with authread (docs/edge.md)."
        : IsPermanentlyLocked || allowUnlocked ? null
        : Attributes.HasFlag(IndexAttributes.WriteLocked)
            ? $"is locked only until the TPM restarts. Define it with writedefine, so that the lock stays (docs/edge.md). {AllowUnlockedHint}"
        : Attributes.HasFlag(IndexAttributes.WriteDefine)
            ? $"is not write-locked: somebody could put another key there. Lock it for good: tpm2_nvwritelock {index} -C o. {AllowUnlockedHint}"
        : $"is not write-locked: somebody could put another key there. Define it with writedefine, write it and lock it for good (docs/edge.md). {AllowUnlockedHint}";

    private static string AllowUnlockedHint => $"TpmSecretOptions.{nameof(TpmSecretOptions.AllowUnlockedIndexes)} reads it all the same.";
}
