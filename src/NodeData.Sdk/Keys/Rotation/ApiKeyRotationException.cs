using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>
/// A rotation was refused, or stopped on its way. The message says which keys are accepted now, and how to go on or back, for readers who write .NET; the
/// properties say the same as data, for programs that have words of their own. Nothing ever ends with no working key: until the new key is proven and
/// deployed, the old one is left alone.
/// </summary>
public class ApiKeyRotationException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public ApiKeyRotationException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public ApiKeyRotationException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ApiKeyRotationException(string? message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>Why. The default is <see cref="ApiKeyRotationErrorCode.Unknown"/>.</summary>
    public ApiKeyRotationErrorCode ErrorCode { get; init; }

    /// <summary>Whether the call was refused before it did anything; else the rotation stopped on its way. The default is false.</summary>
    public bool IsRejected { get; init; }

    /// <summary>What can be done now; it follows from the reason and from how far the rotation has come.</summary>
    public ApiKeyRotationRecovery Recovery => RotationRecovery.GetRecovery(this);

    /// <summary>What the rotation has done until now; null where it never began, so that nothing was done.</summary>
    public ApiKeyRotation? Rotation { get; init; }

    /// <summary>The key that the reason speaks of, as the service told it; null where the reason speaks of none.</summary>
    public ApiKeyInfo? Key { get; init; }

    /// <summary>What the new key lacks, where that is the reason; else null.</summary>
    public ApiKeyScopeSet? MissingScopes { get; init; }

    /// <summary>How far the key came, where a sink failed; else null.</summary>
    public ApiKeyRotationDeployment? Deployment { get; init; }
}
