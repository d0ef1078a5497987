using System.Security.Cryptography;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks.Receiving.Claims;

/// <summary>Computes the SHA-256 digest that identifies data that has no ID, or an ID that is too long to be stored.</summary>
internal static class Digest
{
    public static string Compute(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        Span<char> text = stackalloc char[2 * SHA256.HashSizeInBytes];
        LowerHex.Encode(digest, text);
        return $"sha256-{text}";
    }
}
