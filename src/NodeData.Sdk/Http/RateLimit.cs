namespace NodeData.Sdk;

/// <summary>What is left of a key's rate limit: reads 1,000, writes 120, uploads 30 for each key and minute (contract, "Rate limits").</summary>
/// <param name="Remaining">How many requests of this kind are left until the reset; 0 or more.</param>
/// <param name="ResetsAt">When the count begins anew; null where the service did not say.</param>
public sealed record RateLimit(long Remaining, DateTimeOffset? ResetsAt);
