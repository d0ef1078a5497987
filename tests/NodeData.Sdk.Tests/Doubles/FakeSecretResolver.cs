namespace NodeData.Sdk.Tests.Doubles;

/// <summary>A resolver that returns what the test supplies and records its calls.</summary>
internal sealed class FakeSecretResolver(string scheme, Func<string, string> resolve) : ISecretResolver
{
    public List<(CallStyle CallStyle, string Target)> Calls { get; } = [];

    public string Scheme => scheme;

    public string Resolve(string target, CancellationToken cancellationToken)
    {
        Calls.Add((CallStyle.Sync, target));
        cancellationToken.ThrowIfCancellationRequested();
        return resolve(target);
    }

    public async ValueTask<string> ResolveAsync(string target, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Calls.Add((CallStyle.Async, target));
        cancellationToken.ThrowIfCancellationRequested();
        return resolve(target);
    }
}
