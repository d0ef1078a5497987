namespace NodeData.Emulator.Seeding;

/// <summary>A key that a seed describes; everything but its text. No id: one that belongs to the text.</summary>
internal sealed record SeededKey(string? Id, string Name, IReadOnlyList<string> Scopes, long? ExpiresAt, long? RevokedAt);
