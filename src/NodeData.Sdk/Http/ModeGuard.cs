using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Keeps test and live apart: the first key fixes the client's mode, and each attempt's very key is checked against it and against the call.</summary>
internal sealed class ModeGuard(KeyMode? expected)
{
    private int _mode = (int)(expected ?? 0);

    /// <summary>The client's mode; null until there was a key.</summary>
    public KeyMode? Mode => _mode == 0 ? null : (KeyMode)Volatile.Read(ref _mode);

    /// <summary>Lets a key in, or refuses one of the other mode.</summary>
    public KeyMode ValidateKey(ApiKey key)
    {
        var mode = (KeyMode)Interlocked.CompareExchange(ref _mode, (int)key.Mode, 0);
        if (mode == 0 || mode == key.Mode)
        {
            return key.Mode;
        }

        throw new NodeDataConfigurationException(
            expected is null
                ? $"This client began with a {mode.ToWireValue()} key and was given a {key.Mode.ToWireValue()} key ({key.Hint}). Test and live never meet: use another client."
                : $"NodeClientOptions.ExpectedMode is {mode}, and the key ({key.Hint}) is a {key.Mode.ToWireValue()} key. Give a key of the mode expected."
        );
    }

    /// <summary>Refuses a call about the other mode than the key's.</summary>
    public static void ValidateEndpoint(ApiKey key, Endpoint endpoint)
    {
        if (endpoint.RequiredMode is { } required && required != key.Mode)
        {
            throw new NodeDataConfigurationException(
                $"{endpoint.Name} is about a {required.ToWireValue()} key, and this client holds a {key.Mode.ToWireValue()} key ({key.Hint}). "
                    + $"Test and live never meet: use a client that holds a {required.ToWireValue()} key. Nothing was sent."
            );
        }
    }
}
