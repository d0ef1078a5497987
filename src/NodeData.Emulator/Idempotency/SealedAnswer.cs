using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Emulator.Answers;
using NodeData.Sdk;

namespace NodeData.Emulator.Idempotency;

/// <summary>
/// An answer as it is remembered: it may hold the secret of a new key, so it is encrypted (AES-256-GCM) under a key derived (HKDF-SHA-256) from the text of
/// the caller's own API key, which is stored nowhere.
/// </summary>
internal static class SealedAnswer
{
    // Salt, nonce, tag and what is encrypted, one behind the other.
    private const int NonceStart = 16;
    private const int TagStart = NonceStart + 12;
    private const int CipherStart = TagStart + TagLength;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    private static ReadOnlySpan<byte> Purpose => "node-data-emulator remembered answer"u8;

    public static byte[] Close(Answer answer, ApiKey caller)
    {
        var remembered = new RememberedAnswer(answer.Status, answer.Body.ToArray(), answer.ContentType, answer.RepeatedRequestId);
        var plain = JsonSerializer.SerializeToUtf8Bytes(remembered, RememberedJson.Default.RememberedAnswer);
        var closed = new byte[CipherStart + plain.Length];
        RandomNumberGenerator.Fill(closed.AsSpan(0, TagStart));
        using var aes = CipherFor(caller, closed);
        aes.Encrypt(closed.AsSpan(NonceStart..TagStart), plain, closed.AsSpan(CipherStart), closed.AsSpan(TagStart..CipherStart));
        CryptographicOperations.ZeroMemory(plain);
        return closed;
    }

    public static Answer Open(ReadOnlySpan<byte> closed, ApiKey caller)
    {
        var plain = new byte[closed.Length - CipherStart];
        using var aes = CipherFor(caller, closed);
        aes.Decrypt(closed[NonceStart..TagStart], closed[CipherStart..], closed[TagStart..CipherStart], plain);
        var remembered = JsonSerializer.Deserialize(plain, RememberedJson.Default.RememberedAnswer)!;
        return new Answer(remembered.Status, remembered.Body, remembered.ContentType) { RepeatedRequestId = remembered.RequestId };
    }

    private static AesGcm CipherFor(ApiKey caller, ReadOnlySpan<byte> closed)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(caller.Reveal()), key, closed[..NonceStart], Purpose);
        var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }
}

/// <summary>What is encrypted.</summary>
internal sealed record RememberedAnswer(int Status, byte[] Body, string ContentType, string? RequestId);

[JsonSerializable(typeof(RememberedAnswer))]
internal sealed partial class RememberedJson : JsonSerializerContext;
