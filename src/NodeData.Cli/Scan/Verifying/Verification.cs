using NodeData.Sdk;

namespace NodeData.Cli.Scan.Verifying;

/// <summary>What the service said of a secret.</summary>
/// <param name="State">Whether it is in use.</param>
/// <param name="Reason">Why it is not known; else null.</param>
/// <param name="Key">The key as the service describes it; null where it did not take it.</param>
internal sealed record Verification(VerificationState State, string? Reason = null, NodeAccountKey? Key = null)
{
    /// <summary>The command that ends a key which is in use.</summary>
    public string? RotateCommand => State == VerificationState.Active ? $"node-data keys rotate {Key?.Id ?? "ID"} --compromised" : null;
}
