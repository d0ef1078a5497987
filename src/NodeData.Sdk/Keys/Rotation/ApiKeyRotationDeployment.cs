namespace NodeData.Sdk;

/// <summary>
/// Represents a deployment in which a sink failed: the names of the sinks, in the order of the options. A sink is where the new key is deployed. Immutable.
/// </summary>
/// <param name="FailedSink">The sink that failed. It may have the key.</param>
/// <param name="CompletedSinks">The sinks that have the key.</param>
/// <param name="PendingSinks">The sinks whose deployment was not started.</param>
public sealed record ApiKeyRotationDeployment(string FailedSink, IReadOnlyList<string> CompletedSinks, IReadOnlyList<string> PendingSinks);
