namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Selects the synchronous or the asynchronous method.</summary>
public enum CallStyle
{
    Sync,
    Async,
}

/// <summary>Resolves secrets synchronously or asynchronously.</summary>
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
            // On another thread, which may block, so that the test can continue.
            : await Task.Run(() => resolver.Resolve(target, cancellationToken), CancellationToken.None);
    }

    /// <summary>Gets the message of a read that must fail.</summary>
    public static async Task<string> GetErrorAsync(this TpmSecretResolver resolver, string target, CallStyle callStyle = CallStyle.Sync)
    {
        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => resolver.ResolveAsync(callStyle, target));
        // The complete text, as a log would contain it.
        Assert.DoesNotContain(Swtpm.Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Swtpm.Password, error.ToString(), StringComparison.Ordinal);
        return error.Message;
    }
}
