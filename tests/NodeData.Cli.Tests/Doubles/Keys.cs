using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>What the service makes of keys, asked by a client that is not the tool.</summary>
internal static class Keys
{
    /// <summary>The key that a secret belongs to; null where the service does not accept it.</summary>
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

    /// <summary>Every key of a mode but the emulator's own, newest first.</summary>
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
