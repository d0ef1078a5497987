namespace NodeData.Sdk.Tpm.Commands;

/// <summary>What everybody may know of an index.</summary>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Length">How many bytes it holds.</param>
internal readonly record struct PublicIndex(IndexAttributes Attributes, int Length)
{
    private const uint Owner = 0x4000_0001;

    public bool IsLockedForGood =>
        (Attributes & (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine))
        == (IndexAttributes.WriteLocked | IndexAttributes.WriteDefine);

    /// <summary>Reads the answer to <see cref="TpmCommand.ReadPublic"/>.</summary>
    public static PublicIndex From(TpmAnswer answer)
    {
        _ = answer.UInt16(); // of what follows
        _ = answer.UInt32(); // the index
        _ = answer.UInt16(); // its hash
        var attributes = (IndexAttributes)answer.UInt32();
        _ = answer.Sized(); // its policy
        return new PublicIndex(attributes, answer.UInt16());
    }

    /// <summary>Whose authorisation reading takes.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or should not be.</exception>
    public uint AuthorityToRead(TpmHandle index, bool allowUnlocked)
    {
        if (MistakeOf(index, allowUnlocked) is { } mistake)
        {
            throw new NodeDataConfigurationException($"the index {index} {mistake}");
        }

        return Attributes.HasFlag(IndexAttributes.AuthRead) ? index.Value : Owner;
    }

    private string? MistakeOf(TpmHandle index, bool allowUnlocked) =>
        (Attributes & IndexAttributes.Type) != 0 ? "is a counter or the like and holds no key. Correct the handle."
        : !Attributes.HasFlag(IndexAttributes.Written) ? "was defined and never written. Finish its provisioning (docs/edge.md)."
        : Length is 0 or > IndexReading.MostBytes
            ? $"holds {Length} bytes. One that holds a key has 1 to {IndexReading.MostBytes}. Correct the handle."
        : Attributes.HasFlag(IndexAttributes.ReadLocked)
            ? "is locked against reading until the TPM restarts (somebody ran tpm2_nvreadlock). Restart the machine."
        : (Attributes & (IndexAttributes.AuthRead | IndexAttributes.OwnerRead)) == 0
            ? "can only be read under a policy, which this client cannot follow. Define it with authread (docs/edge.md)."
        : IsLockedForGood || allowUnlocked ? null
        : Attributes.HasFlag(IndexAttributes.WriteLocked)
            ? $"is locked only until the TPM restarts. Define it with writedefine, so that the lock stays (docs/edge.md). {Option}"
        : Attributes.HasFlag(IndexAttributes.WriteDefine)
            ? $"is not write-locked: somebody could put another key there. Lock it for good: tpm2_nvwritelock {index} -C o. {Option}"
        : $"is not write-locked: somebody could put another key there. Define it with writedefine, write it and lock it for good (docs/edge.md). {Option}";

    private static string Option => $"TpmSecretOptions.{nameof(TpmSecretOptions.AllowUnlockedIndexes)} reads it all the same.";
}
