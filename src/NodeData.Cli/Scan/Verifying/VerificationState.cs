namespace NodeData.Cli.Scan.Verifying;

/// <summary>What the service made of a secret.</summary>
internal enum VerificationState
{
    /// <summary>It could not be asked, or gave no clear answer.</summary>
    Unknown = 0,

    /// <summary>It took the key.</summary>
    Active = 1,

    /// <summary>It refused the key: unknown, revoked or expired.</summary>
    Inactive = 2,
}
