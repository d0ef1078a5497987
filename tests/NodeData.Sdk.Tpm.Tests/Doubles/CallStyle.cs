namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>The two ways into each read.</summary>
public enum CallStyle
{
    Sync,
    Async,
}

/// <summary>Reads through either door.</summary>
internal static class TpmSecretResolverExtensions
{
    public static async Task<string> ResolveAsync(
        this TpmSecretResolver resolver,
        CallStyle callStyle,
        string target,
        CancellationToken? token = null
    )
    {
        var cancellationToken = token ?? TestContext.Current.CancellationToken;
        return callStyle is CallStyle.Async
            ? await resolver.ResolveAsync(target, cancellationToken)
            // On a thread that may block, so that a test can go on beside it.
            : await Task.Run(() => resolver.Resolve(target, cancellationToken), CancellationToken.None);
    }

    /// <summary>What is told where a read fails.</summary>
    public static async Task<string> GetErrorAsync(this TpmSecretResolver resolver, string target, CallStyle callStyle = CallStyle.Sync)
    {
        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => resolver.ResolveAsync(callStyle, target));
        // Whatever a log would print of it.
        Assert.DoesNotContain(Swtpm.Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Swtpm.Password, error.ToString(), StringComparison.Ordinal);
        return error.Message;
    }
}
