using System.Security.Cryptography;
using System.Text;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Seeding;

/// <summary>The keys that exist after a start or a reset: those with full access and those of the seed.</summary>
internal sealed class StartingKeys
{
    private readonly IReadOnlyList<ApiKey> _fullAccess;
    private readonly IReadOnlyList<(ApiKey Text, SeededKey Key)> _seeded;

    private StartingKeys(IReadOnlyList<ApiKey> fullAccess, IReadOnlyList<(ApiKey Text, SeededKey Key)> seeded)
    {
        _fullAccess = fullAccess;
        _seeded = seeded;
    }

    public static StartingKeys From(EmulatorOptions options)
    {
        var generated = Enum.GetValues<KeyMode>().Where(mode => options.Keys.All(key => key.Mode != mode)).Select(KeyText.Create);
        return new StartingKeys([.. options.Keys.Distinct(), .. generated], Seed.Read(options.Seed));
    }

    /// <summary>Returns the first key of a mode.</summary>
    public ApiKey GetFirst(KeyMode mode) => _fullAccess.First(key => key.Mode == mode);

    public void AddOrUpdate(Session session, KeyRecords keys, long now)
    {
        foreach (var text in _fullAccess)
        {
            keys.AddOrUpdate(
                session,
                CreateRecord(text, new SeededKey(null, $"emulator {text.Mode.ToWireValue()} key", [], null, null), now),
                text
            );
        }

        foreach (var (text, key) in _seeded)
        {
            keys.AddOrUpdate(session, CreateRecord(text, key, now), text);
        }
    }

    private static KeyRecord CreateRecord(ApiKey text, SeededKey key, long now) =>
        new()
        {
            Id = key.Id ?? CreateId(text),
            Mode = text.Mode,
            Name = key.Name,
            Scopes = key.Scopes,
            Hint = text.Hint,
            CreatedAt = now,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
        };

    /// <summary>Derives the ID from the text, so that a key has the same ID in every emulator and scripts are deterministic.</summary>
    private static string CreateId(ApiKey text)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes("node-data-emulator key id " + text.Reveal()));
        return "key_" + Convert.ToHexString(digest)[..24].ToLowerInvariant();
    }
}
