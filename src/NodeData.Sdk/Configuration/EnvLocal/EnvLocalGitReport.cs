namespace NodeData.Sdk;

/// <summary>Represents the git state of an <see cref="EnvLocalFile"/>.</summary>
/// <param name="State">The state of the file in git.</param>
/// <param name="Remedy">
/// For <see cref="EnvLocalGitState.Tracked"/>: the remedy, with its commands. For <see cref="EnvLocalGitState.NotIgnored"/>: the command that makes git ignore
/// the file. For <see cref="EnvLocalGitState.Unknown"/>: why the state is unknown. Otherwise, null.
/// </param>
public sealed record EnvLocalGitReport(EnvLocalGitState State, string? Remedy);
