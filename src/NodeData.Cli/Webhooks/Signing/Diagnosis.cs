namespace NodeData.Cli.Webhooks.Signing;

/// <summary>The likely cause of a failed verification.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Remedy">The remedy.</param>
internal sealed record Diagnosis(string Cause, string Remedy);
