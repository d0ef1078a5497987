namespace NodeData.Sdk;

/// <summary>Represents the preview of a rotation (a dry run). <see cref="ToString"/> returns it as lines of text. Contains no secret. Immutable.</summary>
/// <param name="OldKey">The key to be replaced, as the service returned it.</param>
/// <param name="NewKeyName">The name of the new key; the suffix of the actual rotation will differ.</param>
public sealed record ApiKeyRotationPreview(ApiKeyInfo OldKey, string NewKeyName)
{
    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The scopes of the new key.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>How long the new key is accepted; null if it does not expire.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How long both keys are accepted after the new one is deployed.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>Whether the requested overlap was longer than the remaining lifetime of the old key, and was shortened to it.</summary>
    public bool IsOverlapShortened { get; init; }

    /// <summary>How long the service may reject the new key before verification fails.</summary>
    public required TimeSpan VerificationTimeout { get; init; }

    /// <summary>Whether this client uses the old key, so that it will be switched to the new one.</summary>
    public bool IsClientKey { get; init; }

    /// <summary>Whether the old key is compromised.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>The names of the sinks to which the new key is deployed, in order.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = [];

    /// <summary>
    /// Keys of earlier rotations of the same key that are still accepted. If the store does not have the rotation of such a key, this rotation will be
    /// rejected.
    /// </summary>
    public IReadOnlyList<ApiKeyInfo> EarlierKeys { get; init; } = [];

    /// <summary>Warnings, as sentences: that there is no sink, or that there are earlier keys.</summary>
    public IReadOnlyList<string> Warnings => Keys.Rotation.PreviewText.GetWarnings(this);

    /// <summary>The rotation of this key that is in progress and would be resumed; null if there is none.</summary>
    public ApiKeyRotation? Unfinished { get; init; }

    /// <summary>Returns the preview as lines of text.</summary>
    /// <returns>The lines, separated by line feeds.</returns>
    public override string ToString() => Keys.Rotation.PreviewText.Format(this);
}
