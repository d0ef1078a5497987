namespace NodeData.Sdk;

/// <summary>Defines a sink from which programs read their key: a file, a secret manager, a cluster.</summary>
public interface IApiKeySink
{
    /// <summary>The name of the sink in previews, progress and errors, such as <c>file /run/secrets/node</c>. It must not contain a secret.</summary>
    string Name { get; }

    /// <summary>
    /// Deploys a key, replacing the one that the sink has. When this completes, readers of the sink get the new key. After a failure or a restart it is called
    /// again, with another key, which must replace the earlier one. An exception makes the rotation fail, with both keys accepted.
    /// </summary>
    /// <param name="key">The key; <see cref="CreatedApiKey.Reveal"/> returns the secret.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken);
}
