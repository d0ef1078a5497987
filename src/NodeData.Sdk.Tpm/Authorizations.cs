using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Tpm;

/// <summary>
/// The authorisation value, read anew each time. One that the TPM refused and counted is not sent to the same handle again: a client asks at each attempt, and
/// would have the TPM locked in seconds.
/// </summary>
internal sealed class Authorizations(TpmSettings settings)
{
    // The longest digest of a TPM, which is what bounds an authorisation value.
    private const int MostBytes = 64;

    // Values are remembered as their MAC under a key of this process.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<uint, byte[]> _refused = [];

    /// <summary>The value for a handle; empty where none is set.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, is too long, or was refused before.</exception>
    public SecretBytes ValueFor(TpmHandle handle)
    {
        var value = Read();
        if (_refused.TryGetValue(handle.Value, out var refused) && CryptographicOperations.FixedTimeEquals(refused, MacOf(value)))
        {
            value.Dispose();
            throw new NodeDataConfigurationException(
                $"the TPM refused this authorisation value for {handle} before, and counted it towards its lock-out, so it is not sent again. "
                    + $"Correct {settings.AuthorizationSetting}; where the TPM was changed instead, restart the program."
            );
        }

        return value;
    }

    public void Refuse(TpmHandle handle, SecretBytes value) => _refused[handle.Value] = MacOf(value);

    private SecretBytes Read()
    {
        var text = settings.Authorization?.Resolve(settings.AuthorizationSetting) ?? "";
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > MostBytes)
        {
            throw new NodeDataConfigurationException(
                $"{settings.AuthorizationSetting} has {length} bytes. An authorisation value has {MostBytes} at most."
            );
        }

        var value = new SecretBytes(length);
        Encoding.UTF8.GetBytes(text, value.Span);
        return value;
    }

    private byte[] MacOf(SecretBytes value) => HMACSHA256.HashData(_key, value.Span);
}
