namespace NodeData.Sdk;

/// <summary>
/// Resolves secret references of one scheme, in addition to <c>env:</c> and <c>file:</c>: <c>vault:robots/7</c> is resolved by the resolver for
/// <c>vault</c>. Register it in <see cref="NodeClientOptions.SecretResolvers"/>, or in the services of an application; then every client and every
/// webhook receiver uses it. Implementations must be thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// A key reference is resolved on each attempt of each call; a webhook secret reference at the next delivery, at most once per second. If resolving takes more
/// than a few milliseconds, the resolver should cache the secret for a duration much less than the overlap in which an old and a new key are both valid (for
/// example, one minute), and should apply its own timeout: not every caller passes a token that can be canceled.
/// </para>
/// <para>
/// The message of a <see cref="NodeDataConfigurationException"/> is appended to the name of the setting and the reference. It should state the problem and
/// the remedy, and must never contain a secret. For any other exception, the error message contains only its type, because its message may contain a secret.
/// </para>
/// </remarks>
public interface ISecretResolver
{
    /// <summary>
    /// Gets the scheme: two or more of <c>a-z 0-9 -</c>, without the colon. <c>env</c> and <c>file</c> are reserved for the client. If several resolvers have
    /// the same scheme, the one added last is used; resolvers added to the options take precedence over those of the services.
    /// </summary>
    string Scheme { get; }

    /// <summary>Resolves a reference to its current secret, for a synchronous call or for webhook secrets.</summary>
    /// <param name="target">The part of the reference after the scheme and its colon. It is a location, not a secret, and is shown in messages.</param>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>
    /// The secret; surrounding white space is trimmed. For webhook secrets, the string may contain several, separated by commas or line breaks.
    /// </returns>
    /// <exception cref="NodeDataConfigurationException">The secret cannot be read; the message states the reason and the remedy.</exception>
    string Resolve(string target, CancellationToken cancellationToken);

    /// <summary>Resolves a reference to its current secret, for an asynchronous call.</summary>
    /// <param name="target">The part of the reference after the scheme and its colon. It is a location, not a secret, and is shown in messages.</param>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>The secret; surrounding white space is trimmed.</returns>
    /// <exception cref="NodeDataConfigurationException">The secret cannot be read; the message states the reason and the remedy.</exception>
    ValueTask<string> ResolveAsync(string target, CancellationToken cancellationToken);
}
