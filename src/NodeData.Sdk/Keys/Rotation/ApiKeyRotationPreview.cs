namespace NodeData.Sdk;

/// <summary>What a rotation would do: the dry run. <see cref="ToString"/> tells it in lines for people. Holds no secret; immutable.</summary>
/// <param name="OldKey">The key that is to be replaced, as the service tells it.</param>
/// <param name="NewKeyName">The new key's name; the suffix of the real rotation will be another.</param>
public sealed record ApiKeyRotationPreview(ApiKeyInfo OldKey, string NewKeyName)
{
    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>What the new key may do.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>How long the new key is accepted; null for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How long both keys are accepted once the new one is deployed.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>Whether a longer overlap was asked for than the old key has left to live.</summary>
    public bool IsOverlapShortened { get; init; }

    /// <summary>How long the new key may be refused before it is taken for bad.</summary>
    public required TimeSpan VerificationTimeout { get; init; }

    /// <summary>Whether the old key is the one that this client uses, so that the client will be swapped.</summary>
    public bool IsClientKey { get; init; }

    /// <summary>Whether the old key is in the wrong hands.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>The names of the places that the new key goes to, in their order.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = [];

    /// <summary>Keys of earlier rotations of the same key that are still accepted. Where this log does not know the rotation, this one will be refused.</summary>
    public IReadOnlyList<ApiKeyInfo> EarlierKeys { get; init; } = [];

    /// <summary>What to know before it begins, in sentences: that there is no sink, or that there are earlier keys.</summary>
    public IReadOnlyList<string> Warnings => Keys.Rotation.PreviewText.GetWarnings(this);

    /// <summary>A rotation of this key that was begun and not ended, which would be gone on with; null where there is none.</summary>
    public ApiKeyRotation? Unfinished { get; init; }

    /// <summary>The plan in lines for people.</summary>
    public override string ToString() => Keys.Rotation.PreviewText.Format(this);
}
