using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Tpm;

/// <summary>
/// The authorisation value, read anew each time. One that the TPM refused and counted is not sent to the same handle again: a client asks at each attempt, and
/// would have the TPM locked in seconds.
/// </summary>
internal sealed class AuthorizationProvider(TpmSettings settings)
{
    // The longest digest of a TPM, which is what bounds an authorisation value.
    private const int MaxBytes = 64;

    // Values are remembered as their MAC under a key of this process.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<uint, byte[]> _rejected = [];

    /// <summary>The value for a handle; empty where none is set.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, is too long, or was refused before.</exception>
    public SecretBytes GetValue(TpmHandle handle)
    {
        var value = Read();
        if (_rejected.TryGetValue(handle.Value, out var rejected) && CryptographicOperations.FixedTimeEquals(rejected, ComputeMac(value)))
        {
            value.Dispose();
            throw new NodeDataConfigurationException(
                $"the TPM refused this authorisation value for {handle} before, and counted it towards its lock-out, so it is not sent again. "
                    + $"Correct {settings.AuthorizationSetting}; where the TPM was changed instead, restart the program."
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
                $"{settings.AuthorizationSetting} has {length} bytes. An authorisation value has {MaxBytes} at most."
            );
        }

        var value = new SecretBytes(length);
        Encoding.UTF8.GetBytes(text, value.Span);
        return value;
    }

    private byte[] ComputeMac(SecretBytes value) => HMACSHA256.HashData(_key, value.Span);
}
