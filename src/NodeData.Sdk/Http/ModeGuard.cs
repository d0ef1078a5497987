using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>
/// Keeps test and live mode apart: the first key determines the mode of the client, and the key of each attempt must match that mode and the mode of the call.
/// </summary>
internal sealed class ModeGuard(KeyMode? expected)
{
    private int _mode = (int)(expected ?? 0);

    /// <summary>Gets the client's mode; null if no key has been read yet.</summary>
    public KeyMode? Mode => _mode == 0 ? null : (KeyMode)Volatile.Read(ref _mode);

    /// <summary>Validates that a key has the client's mode; the first key sets it.</summary>
    public KeyMode ValidateKey(ApiKey key)
    {
        var mode = (KeyMode)Interlocked.CompareExchange(ref _mode, (int)key.Mode, 0);
        if (mode == 0 || mode == key.Mode)
        {
            return key.Mode;
        }

        throw new NodeDataConfigurationException(
            expected is null
                ? $"This client started with a {mode.ToWireValue()} key and received a {key.Mode.ToWireValue()} key ({key.Hint}). "
                    + "Test and live mode are isolated: use a separate client for each mode."
                : $"NodeClientOptions.ExpectedMode is {mode}, but the key ({key.Hint}) is a {key.Mode.ToWireValue()} key. Use a key of the expected mode."
        );
    }

    /// <summary>Validates that the mode that a call requires is the mode of the key.</summary>
    public static void ValidateEndpoint(ApiKey key, Endpoint endpoint)
    {
        if (endpoint.RequiredMode is { } required && required != key.Mode)
        {
            throw new NodeDataConfigurationException(
                $"{endpoint.Name} requires {required.ToWireValue()} mode, but the key of this client ({key.Hint}) is a {key.Mode.ToWireValue()} key. "
                    + $"Test and live mode are isolated: use a client with a {required.ToWireValue()} key. Nothing was sent."
            );
        }
    }
}
