using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Tpm;

/// <summary>
/// Provides the authorization value, resolved for each read. A value that the TPM rejected and counted is not sent to the same handle again: a client reads the
/// key for each attempt, which would put the TPM into lockout within seconds.
/// </summary>
internal sealed class AuthorizationProvider(TpmSettings settings)
{
    // The size of the largest digest of a TPM, which is the maximum size of an authorization value.
    private const int MaxBytes = 64;

    // Only the MAC of a value is kept, under a key of this process.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<uint, byte[]> _rejected = [];

    /// <summary>Gets the value for a handle; empty if none is set.</summary>
    /// <exception cref="NodeDataConfigurationException">The value cannot be read, is too long, or was rejected before.</exception>
    public SecretBytes GetValue(TpmHandle handle)
    {
        var value = Read();
        if (_rejected.TryGetValue(handle.Value, out var rejected) && CryptographicOperations.FixedTimeEquals(rejected, ComputeMac(value)))
        {
            value.Dispose();
            throw new NodeDataConfigurationException(
                $"the TPM rejected this authorization value for {handle} before, and counted it towards its lockout, so it is not sent again. "
                    + $"Correct {settings.AuthorizationSetting}; if the TPM was changed instead, restart the program."
            );
        }

        return value;
    }

    public void MarkRejected(TpmHandle handle, SecretBytes value) => _rejected[handle.Value] = ComputeMac(value);

    private SecretBytes Read()
    {
        var text = settings.Authorization?.Resolve(settings.AuthorizationSetting) ?? "";
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MaxBytes)
        {
            throw new NodeDataConfigurationException(
                $"{settings.AuthorizationSetting} has {length} bytes. The maximum for an authorization value is {MaxBytes}."
            );
        }

        var value = new SecretBytes(length);
        Encoding.UTF8.GetBytes(text, value.Span);
        return value;
    }

    private byte[] ComputeMac(SecretBytes value) => HMACSHA256.HashData(_key, value.Span);
}
