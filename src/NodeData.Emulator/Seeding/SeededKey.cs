namespace NodeData.Emulator.Seeding;

/// <summary>A key of a seed, without its text. If the ID is null, it is derived from the text.</summary>
internal sealed record SeededKey(string? Id, string Name, IReadOnlyList<string> Scopes, long? ExpiresAt, long? RevokedAt);
