namespace NodeData.Sdk;

/// <summary>Represents the preview of a rotation (a dry run). <see cref="ToString"/> formats it. Contains no secret. Immutable.</summary>
/// <param name="OldKey">The key to be rotated, as the service returned it.</param>
/// <param name="NewKeyName">The name of the new key; the suffix of the actual rotation will differ.</param>
public sealed record ApiKeyRotationPreview(ApiKeyInfo OldKey, string NewKeyName)
{
    /// <summary>The mode of both keys.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The scopes of the new key.</summary>
    public required ApiKeyScopeSet Scopes { get; init; }

    /// <summary>The duration for which the new key is valid; null if it does not expire.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The duration for which both keys are valid after the new one is deployed.</summary>
    public required TimeSpan Overlap { get; init; }

    /// <summary>true if the requested overlap exceeded the remaining lifetime of the old key and was shortened to it; otherwise, false.</summary>
    public bool IsOverlapShortened { get; init; }

    /// <summary>The maximum time allowed for the service to accept the new key.</summary>
    public required TimeSpan VerificationTimeout { get; init; }

    /// <summary>true if this client uses the old key, so that it will be switched to the new one; otherwise, false.</summary>
    public bool IsClientKey { get; init; }

    /// <summary>true if the old key is compromised; otherwise, false.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>The names of the sinks to which the new key is deployed, in order of deployment.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = [];

    /// <summary>
    /// The keys of earlier rotations of the same key that are still valid. If the store does not contain the rotation of such a key, this rotation will be
    /// rejected.
    /// </summary>
    public IReadOnlyList<ApiKeyInfo> EarlierKeys { get; init; } = [];

    /// <summary>The warnings, as sentences: there is no sink, or there are earlier keys.</summary>
    public IReadOnlyList<string> Warnings => Keys.Rotation.PreviewText.GetWarnings(this);

    /// <summary>The rotation of this key that is in progress and would be resumed; null if there is none.</summary>
    public ApiKeyRotation? Unfinished { get; init; }

    /// <summary>Returns the preview as a string of several lines.</summary>
    /// <returns>The string; its lines are separated by line feeds.</returns>
    public override string ToString() => Keys.Rotation.PreviewText.Format(this);
}
