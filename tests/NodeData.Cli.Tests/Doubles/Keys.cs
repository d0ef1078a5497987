using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>Reads and creates the emulator's keys with a client, independently of the tool.</summary>
internal static class Keys
{
    /// <summary>Returns the id of the key with a secret; null if the service rejects it.</summary>
    public static async Task<string?> GetIdAsync(NodeDataEmulator emulator, string secret)
    {
        using var node = CreateClient(emulator, ApiKey.Parse(secret));
        try
        {
            return (await node.Me.GetAsync(TestContext.Current.CancellationToken)).Key!.Id;
        }
        catch (NodeDataAuthenticationException)
        {
            return null;
        }
    }

    /// <summary>Returns the keys of a mode without the emulator's built-in keys, newest first.</summary>
    public static async Task<List<ApiKeyInfo>> ListCreatedAsync(NodeDataEmulator emulator, KeyMode mode = KeyMode.Test)
    {
        using var node = CreateClient(emulator, mode == KeyMode.Live ? emulator.LiveKey : emulator.TestKey);
        var keys = new List<ApiKeyInfo>();
        await foreach (var key in node.Keys.ListAsync(TestContext.Current.CancellationToken))
        {
            keys.Add(key);
        }

        return [.. keys.Where(key => key.Name?.StartsWith("emulator ", StringComparison.Ordinal) != true)];
    }

    public static async Task<CreatedApiKey> CreateAsync(NodeDataEmulator emulator, CreateApiKeyOptions key)
    {
        using var node = CreateClient(emulator, key.Mode == KeyMode.Live ? emulator.LiveKey : emulator.TestKey);
        return await node.Keys.CreateAsync(key, TestContext.Current.CancellationToken);
    }

    private static NodeClient CreateClient(NodeDataEmulator emulator, ApiKey key) =>
        new(
            new NodeClientOptions
            {
                ApiKey = key,
                BaseAddress = emulator.BaseAddress,
                TimeProvider = emulator.Clock,
            }
        );
}
