namespace NodeData.Cli.Scan;

/// <summary>How much a finding weighs.</summary>
internal enum FindingSeverity
{
    /// <summary>The service said that the key opens nothing.</summary>
    Note = 1,

    /// <summary>Nobody knows whether the secret opens anything.</summary>
    Warning = 2,

    /// <summary>The service took the key.</summary>
    Error = 3,
}
