using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Emulator.Responses;
using NodeData.Sdk;

namespace NodeData.Emulator.Idempotency;

/// <summary>
/// Encrypts stored responses, which may contain the secret of a new key: AES-256-GCM, with a key derived (HKDF-SHA-256) from the caller's API key, whose text
/// is not stored.
/// </summary>
internal static class EncryptedResponse
{
    // Layout: salt, nonce, tag, ciphertext.
    private const int NonceStart = 16;
    private const int TagStart = NonceStart + 12;
    private const int CipherStart = TagStart + TagLength;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    private static ReadOnlySpan<byte> Purpose => "node-data-emulator idempotent response"u8;

    public static byte[] Encrypt(Response response, ApiKey caller)
    {
        var stored = new StoredResponse(response.Status, response.Body.ToArray(), response.ContentType, response.RepeatedRequestId);
        var plain = JsonSerializer.SerializeToUtf8Bytes(stored, StoredResponseJson.Default.StoredResponse);
        var encrypted = new byte[CipherStart + plain.Length];
        RandomNumberGenerator.Fill(encrypted.AsSpan(0, TagStart));
        using var aes = CreateCipher(caller, encrypted);
        aes.Encrypt(encrypted.AsSpan(NonceStart..TagStart), plain, encrypted.AsSpan(CipherStart), encrypted.AsSpan(TagStart..CipherStart));
        CryptographicOperations.ZeroMemory(plain);
        return encrypted;
    }

    public static Response Decrypt(ReadOnlySpan<byte> encrypted, ApiKey caller)
    {
        var plain = new byte[encrypted.Length - CipherStart];
        using var aes = CreateCipher(caller, encrypted);
        aes.Decrypt(encrypted[NonceStart..TagStart], encrypted[CipherStart..], encrypted[TagStart..CipherStart], plain);
        var stored = JsonSerializer.Deserialize(plain, StoredResponseJson.Default.StoredResponse)!;
        return new Response(stored.Status, stored.Body, stored.ContentType) { RepeatedRequestId = stored.RequestId };
    }

    private static AesGcm CreateCipher(ApiKey caller, ReadOnlySpan<byte> encrypted)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(caller.Reveal()), key, encrypted[..NonceStart], Purpose);
        var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }
}

/// <summary>The plaintext of a stored response.</summary>
internal sealed record StoredResponse(int Status, byte[] Body, string ContentType, string? RequestId);

[JsonSerializable(typeof(StoredResponse))]
internal sealed partial class StoredResponseJson : JsonSerializerContext;
