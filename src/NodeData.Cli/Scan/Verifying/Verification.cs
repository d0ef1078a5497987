using NodeData.Sdk;

namespace NodeData.Cli.Scan.Verifying;

/// <summary>The result of verifying a secret.</summary>
/// <param name="State">Whether it is in use.</param>
/// <param name="Reason">Why the state is unknown; else null.</param>
/// <param name="Key">The key as the service describes it; null if the service does not accept it.</param>
internal sealed record Verification(VerificationState State, string? Reason = null, NodeAccountKey? Key = null)
{
    /// <summary>The command that rotates a key that is in use; else null.</summary>
    public string? RotateCommand => State == VerificationState.Active ? $"node-data keys rotate {Key?.Id ?? "ID"} --compromised" : null;
}
