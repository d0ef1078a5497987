namespace NodeData.Sdk.Tests.Doubles;

/// <summary>A resolver that answers as the test says and keeps what it was asked.</summary>
internal sealed class ScriptedResolver(string scheme, Func<string, string> answer) : ISecretResolver
{
    public List<(Door Door, string Target)> Asked { get; } = [];

    public string Scheme => scheme;

    public string Resolve(string target, CancellationToken cancellationToken)
    {
        Asked.Add((Door.Sync, target));
        cancellationToken.ThrowIfCancellationRequested();
        return answer(target);
    }

    public async ValueTask<string> ResolveAsync(string target, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Asked.Add((Door.Async, target));
        cancellationToken.ThrowIfCancellationRequested();
        return answer(target);
    }
}
