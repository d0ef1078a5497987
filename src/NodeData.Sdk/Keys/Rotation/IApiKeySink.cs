namespace NodeData.Sdk;

/// <summary>A place that programs take their key from: a file, a secret manager, a cluster.</summary>
public interface IApiKeySink
{
    /// <summary>What it is called in plans, progress and errors, such as <c>file /run/secrets/node</c>. Never a secret.</summary>
    string Name { get; }

    /// <summary>
    /// Puts a key in place of the one that is there. When this completes, whoever reads the place gets the new key. Called again after a failure or a restart,
    /// with another key, it must end with that one. What it throws stops the rotation, with both keys accepted.
    /// </summary>
    /// <param name="key">The key; <see cref="CreatedApiKey.Reveal"/> gives the secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken);
}
