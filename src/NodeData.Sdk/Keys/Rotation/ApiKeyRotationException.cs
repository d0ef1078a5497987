using NodeData.Sdk.Keys.Rotation;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown if a rotation is rejected or fails. The exception message contains which keys are valid and how to resume or roll back,
/// in terms of this library; the properties contain the same information as data. A valid key always remains: the old key is not changed until the new one is
/// verified and deployed.
/// </summary>
public class ApiKeyRotationException : NodeDataException
{
    /// <summary>Initializes a new instance without a message.</summary>
    public ApiKeyRotationException() { }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public ApiKeyRotationException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance with a message and the cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ApiKeyRotationException(string? message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>The error code. The default is <see cref="ApiKeyRotationErrorCode.Unknown"/>.</summary>
    public ApiKeyRotationErrorCode ErrorCode { get; init; }

    /// <summary>true if the call was rejected before it changed anything; false if the rotation failed after it had started. The default is false.</summary>
    public bool IsRejected { get; init; }

    /// <summary>The possible recovery, which follows from the error code and the stage of the rotation.</summary>
    public ApiKeyRotationRecovery Recovery => RotationRecovery.GetRecovery(this);

    /// <summary>The progress of the rotation so far; null if the rotation was not started.</summary>
    public ApiKeyRotation? Rotation { get; init; }

    /// <summary>The key that caused the error, as the service returned it; null if the error does not concern a key.</summary>
    public ApiKeyInfo? Key { get; init; }

    /// <summary>The requested scopes that the new key does not have; null for other errors.</summary>
    public ApiKeyScopeSet? MissingScopes { get; init; }

    /// <summary>The state of the deployment if a sink failed; otherwise, null.</summary>
    public ApiKeyRotationDeployment? Deployment { get; init; }
}
