namespace NodeData.Sdk;

/// <summary>Defines a sink: a place where a new key is deployed and from which applications read it, such as a file, a secret manager or a cluster.</summary>
public interface IApiKeySink
{
    /// <summary>The name of the sink in previews, progress and errors, such as <c>file /run/secrets/node</c>. It must not contain a secret.</summary>
    string Name { get; }

    /// <summary>
    /// Deploys a key, replacing the one in the sink. When the returned task completes, readers of the sink get the new key. After a failure or a restart, this
    /// method is called again with another key, which must replace the earlier one. If it throws, the rotation fails, and both keys remain valid.
    /// </summary>
    /// <param name="key">The key; <see cref="CreatedApiKey.Reveal"/> returns the secret.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken);
}
