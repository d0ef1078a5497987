using NodeData.Sdk;

namespace NodeData.Cli.Scan.Verifying;

/// <summary>The result of verifying a secret.</summary>
/// <param name="State">The state of the secret.</param>
/// <param name="Reason">The reason why the state is unknown; otherwise, null.</param>
/// <param name="Key">The key as the service describes it; null if the service does not accept it.</param>
internal sealed record Verification(VerificationState State, string? Reason = null, NodeAccountKey? Key = null)
{
    /// <summary>The command that rotates an active key; null for any other state.</summary>
    public string? RotateCommand => State == VerificationState.Active ? $"node-data keys rotate {Key?.Id ?? "ID"} --compromised" : null;
}
