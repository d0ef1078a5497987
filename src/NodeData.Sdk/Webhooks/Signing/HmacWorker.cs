using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>One keyed hash per secret, and a buffer for their MACs. Not thread-safe.</summary>
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

    /// <summary>Gets a value that indicates whether no hash contains a part of a message. A worker must not be used again if a computation threw.</summary>
    public bool IsReusable { get; private set; } = true;

    /// <summary>
    /// Computes the MACs of <c>t.body</c>, 32 bytes for each secret, in the order of the secrets. The result is valid until <see cref="Clear"/>.
    /// </summary>
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
        // The MAC's key is the whole secret as a string, including the prefix, without decoding (contract, "Webhook signatures").
        Span<byte> key = stackalloc byte[WebhookSecretFormat.MaxLength];
        var length = Encoding.UTF8.GetBytes(secret.Reveal(), key);
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key[..length]);
        CryptographicOperations.ZeroMemory(key);
        return hash;
    }
}
