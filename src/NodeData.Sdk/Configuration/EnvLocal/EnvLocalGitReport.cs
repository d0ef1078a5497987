namespace NodeData.Sdk;

/// <summary>What git makes of a <see cref="EnvLocalFile"/>.</summary>
/// <param name="State">Whether git keeps it.</param>
/// <param name="Remedy">
/// <see cref="EnvLocalGitState.Tracked"/>: what to do, with the commands; <see cref="EnvLocalGitState.NotIgnored"/>: the command that has git ignore it;
/// <see cref="EnvLocalGitState.Unknown"/>: why git could not tell; else null.
/// </param>
public sealed record EnvLocalGitReport(EnvLocalGitState State, string? Remedy);
