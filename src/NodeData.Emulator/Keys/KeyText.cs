using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>Generates the text of keys, of which only the digest is stored.</summary>
internal static class KeyText
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // 62 to the power of 32: 190 bits.
    private const int RandomCharacters = 32;

    public static ApiKey Create(KeyMode mode) =>
        ApiKey.Parse(mode.GetPrefix() + RandomNumberGenerator.GetString(Characters, RandomCharacters));

    public static byte[] ComputeDigest(ApiKey key) => SHA256.HashData(Encoding.ASCII.GetBytes(key.Reveal()));
}
