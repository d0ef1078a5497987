namespace NodeData.Sdk;

/// <summary>
/// Represents the state of a key's rate limit. The limits are 1,000 reads, 120 writes and 30 uploads per key and minute (contract, "Rate limits").
/// </summary>
/// <param name="Remaining">The number of requests of this kind that remain until the reset; 0 or more.</param>
/// <param name="ResetsAt">The time at which the limit resets; null if the service did not return it.</param>
public sealed record RateLimit(long Remaining, DateTimeOffset? ResetsAt);
