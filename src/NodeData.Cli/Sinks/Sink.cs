using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>A destination for the secret of a new key, as <c>--to</c> names it.</summary>
internal abstract class Sink(string reference) : IApiKeySink
{
    /// <summary>The sink as written after <c>--to</c>.</summary>
    public string Reference { get; } = reference;

    public abstract string Name { get; }

    /// <summary>How to remove the key manually; null if there is nothing to remove.</summary>
    public virtual string? Removal => null;

    /// <summary>Checks, before the key is created, whether it can be deployed. Changes nothing.</summary>
    /// <exception cref="Failures.CommandFailedException">The key cannot be deployed. The message has the reason and the remedy.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Deploys the key. The secret is passed through standard input or a file of mode 0600, never in an argument or a variable.</summary>
    public abstract Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken);
}
