using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>
/// Separates test and live mode: the first key fixes the mode of the client, and the key of each attempt is validated against it and against the call.
/// </summary>
internal sealed class ModeGuard(KeyMode? expected)
{
    private int _mode = (int)(expected ?? 0);

    /// <summary>The client's mode; null until a key was read.</summary>
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
                    + "Test and live are isolated: use another client."
                : $"NodeClientOptions.ExpectedMode is {mode}, but the key ({key.Hint}) is a {key.Mode.ToWireValue()} key. Use a key of the expected mode."
        );
    }

    /// <summary>Validates that a call acts on the mode of the key.</summary>
    public static void ValidateEndpoint(ApiKey key, Endpoint endpoint)
    {
        if (endpoint.RequiredMode is { } required && required != key.Mode)
        {
            throw new NodeDataConfigurationException(
                $"{endpoint.Name} requires {required.ToWireValue()} mode, but the key of this client ({key.Hint}) is a {key.Mode.ToWireValue()} key. "
                    + $"Test and live are isolated: use a client with a {required.ToWireValue()} key. Nothing was sent."
            );
        }
    }
}
