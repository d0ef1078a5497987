namespace NodeData.Cli.Scan.Verifying;

/// <summary>The state of a secret according to the service.</summary>
internal enum VerificationState
{
    /// <summary>The secret could not be verified.</summary>
    Unknown = 0,

    /// <summary>The service accepts the key.</summary>
    Active = 1,

    /// <summary>The service rejects the key: it is unknown, revoked or expired.</summary>
    Inactive = 2,
}
