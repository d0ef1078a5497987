using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>A place for the secret of a new key, as <c>--to</c> names it.</summary>
internal abstract class Sink(string reference) : IApiKeySink
{
    /// <summary>As it is written after <c>--to</c>.</summary>
    public string Reference { get; } = reference;

    public abstract string Name { get; }

    /// <summary>How to take the key out again by hand; null where there is nothing to take out.</summary>
    public virtual string? Removal => null;

    /// <summary>Looks whether it will take a key, before there is one. Changes nothing.</summary>
    /// <exception cref="Failures.CommandFailedException">It will not; the message says why, with the cure.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Puts the key there. The secret travels through standard input or a file of mode 0600, never in an argument or a variable.</summary>
    public abstract Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken);
}
