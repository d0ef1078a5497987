namespace NodeData.Sdk;

/// <summary>How far a key came that one of its sinks did not take: names of sinks, in the plan's order. Immutable.</summary>
/// <param name="Failed">The sink that failed; it may have the key or not.</param>
/// <param name="Done">Those that have the key.</param>
/// <param name="NotBegun">Those that were not asked.</param>
public sealed record KeyRotationDeployment(string Failed, IReadOnlyList<string> Done, IReadOnlyList<string> NotBegun);
