namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What most likely happened to a delivery that does not verify.</summary>
/// <param name="Cause">What happened.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Diagnosis(string Cause, string Remedy);
