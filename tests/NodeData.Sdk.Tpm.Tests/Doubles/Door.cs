namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>The two ways into each read.</summary>
public enum Door
{
    Sync,
    Async,
}

/// <summary>Reads through either door.</summary>
internal static class Doors
{
    public static async Task<string> Read(this TpmSecretResolver resolver, Door door, string target, CancellationToken? token = null)
    {
        var ending = token ?? TestContext.Current.CancellationToken;
        return door is Door.Async
            ? await resolver.ResolveAsync(target, ending)
            // On a thread that may block, so that a test can go on beside it.
            : await Task.Run(() => resolver.Resolve(target, ending), CancellationToken.None);
    }

    /// <summary>What is told where a read fails.</summary>
    public static async Task<string> Refusal(this TpmSecretResolver resolver, string target, Door door = Door.Sync)
    {
        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => resolver.Read(door, target));
        // Whatever a log would print of it.
        Assert.DoesNotContain(Swtpm.Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Swtpm.Password, error.ToString(), StringComparison.Ordinal);
        return error.Message;
    }
}
