using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>One keyed hash for each secret, and room for what they give. For one thread at a time.</summary>
internal sealed class HmacWorker : IDisposable
{
    private readonly IncrementalHash[] _hashes;
    private readonly byte[] _macs;

    public HmacWorker(ReadOnlySpan<WebhookSecret> secrets)
    {
        _hashes = new IncrementalHash[secrets.Length];
        _macs = new byte[secrets.Length * LowerHex.SignatureBytes];
        for (var i = 0; i < secrets.Length; i++)
        {
            _hashes[i] = CreateHash(secrets[i]);
        }
    }

    /// <summary>Whether no hash holds a part of a message: one that threw halfway must never be used again.</summary>
    public bool IsReusable { get; private set; } = true;

    /// <summary>The MACs of <c>t.body</c> with each secret, 32 bytes each in the order of the secrets; they stand until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Compute(ReadOnlySpan<char> timestamp, in SignedBody body)
    {
        IsReusable = false;
        Span<byte> prefix = stackalloc byte[timestamp.Length + 1];
        Encoding.ASCII.GetBytes(timestamp, prefix);
        prefix[^1] = (byte)'.';

        var macs = _macs.AsSpan();
        for (var i = 0; i < _hashes.Length; i++)
        {
            _hashes[i].AppendData(prefix);
            body.AppendTo(_hashes[i]);
            _hashes[i].GetHashAndReset(macs.Slice(i * LowerHex.SignatureBytes, LowerHex.SignatureBytes));
        }

        IsReusable = true;
        return macs;
    }

    public void Clear() => CryptographicOperations.ZeroMemory(_macs);

    public void Dispose()
    {
        Clear();
        foreach (var hash in _hashes)
        {
            hash.Dispose();
        }
    }

    private static IncrementalHash CreateHash(WebhookSecret secret)
    {
        // The whole text keys the MAC, prefix included, and nothing is decoded (contract, "Webhook signatures").
        Span<byte> key = stackalloc byte[WebhookSecretFormat.MaxLength];
        var length = Encoding.UTF8.GetBytes(secret.Reveal(), key);
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key[..length]);
        CryptographicOperations.ZeroMemory(key);
        return hash;
    }
}
