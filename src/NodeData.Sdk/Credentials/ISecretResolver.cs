namespace NodeData.Sdk;

/// <summary>
/// Reads the secrets that references of one scheme point to, beside <c>env:</c> and <c>file:</c>: <c>vault:robots/7</c> is read by the resolver of
/// <c>vault</c>. It is registered in <see cref="NodeClientOptions.SecretResolvers"/>, or in an application's services, where every client and every receiver
/// of webhooks takes it. Implementations are called from several threads at once.
/// </summary>
/// <remarks>
/// <para>
/// A reference is looked at for each attempt of each call, and for webhook secrets at the next delivery, once a second at most. Where reading takes more than a
/// few milliseconds, the resolver should keep what it read, for a time well below the overlap in which an old and a new key both work (a minute serves), and
/// it should bound its time by itself: not every reader has a token that ends.
/// </para>
/// <para>
/// What it throws as a <see cref="NodeDataConfigurationException"/> is shown behind the setting's name and the reference, so its message says what is wrong
/// and what to do, and never holds a secret. Of any other exception only the type is shown, since its message may hold anything.
/// </para>
/// </remarks>
public interface ISecretResolver
{
    /// <summary>
    /// The scheme: two or more of <c>a-z 0-9 -</c>, without the colon. <c>env</c> and <c>file</c> are the client's own; among several resolvers of one scheme
    /// the one added last counts, and those in the options count before those of the services.
    /// </summary>
    string Scheme { get; }

    /// <summary>What a reference points to now, for a synchronous call or a look at webhook secrets.</summary>
    /// <param name="target">What stands behind the scheme and its colon. It names a place and is no secret: messages show it.</param>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    /// <returns>The secret; white space around it is dropped. A webhook secret's place may hold several, separated by commas or line breaks.</returns>
    /// <exception cref="NodeDataConfigurationException">It cannot be read; the message says why and names the cure.</exception>
    string Resolve(string target, CancellationToken cancellationToken);

    /// <summary>As <see cref="Resolve"/>, for an asynchronous call.</summary>
    /// <param name="target">What stands behind the scheme and its colon.</param>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    /// <returns>The secret; white space around it is dropped.</returns>
    /// <exception cref="NodeDataConfigurationException">It cannot be read; the message says why and names the cure.</exception>
    ValueTask<string> ResolveAsync(string target, CancellationToken cancellationToken);
}
