namespace NodeData.Cli.Scan;

/// <summary>The severity of a finding.</summary>
internal enum FindingSeverity
{
    /// <summary>The service rejects the key.</summary>
    Note = 1,

    /// <summary>It is unknown whether the secret is valid.</summary>
    Warning = 2,

    /// <summary>The service accepts the key.</summary>
    Error = 3,
}
