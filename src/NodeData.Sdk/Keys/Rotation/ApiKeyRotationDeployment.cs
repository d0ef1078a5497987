namespace NodeData.Sdk;

/// <summary>How far a key came that one of its sinks did not take: names of sinks, in the plan's order. Immutable.</summary>
/// <param name="FailedSink">The sink that failed; it may have the key or not.</param>
/// <param name="CompletedSinks">Those that have the key.</param>
/// <param name="PendingSinks">Those that were not asked.</param>
public sealed record ApiKeyRotationDeployment(string FailedSink, IReadOnlyList<string> CompletedSinks, IReadOnlyList<string> PendingSinks);
