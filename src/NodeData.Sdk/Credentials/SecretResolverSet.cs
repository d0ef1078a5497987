namespace NodeData.Sdk.Credentials;

/// <summary>The resolvers that were added to the client's own schemes, and what is told of their failures.</summary>
internal sealed class SecretResolverSet(IEnumerable<ISecretResolver> resolvers)
{
    // Copied: a later change of the options must not reach a client.
    private readonly ISecretResolver[] _resolvers = [.. resolvers];

    public string Resolve(SecretReference reference, string setting, CancellationToken cancellationToken)
    {
        var resolver = GetResolver(reference, setting);
        try
        {
            return TrimRequired(resolver.Resolve(reference.Target!, cancellationToken), reference);
        }
        catch (Exception failure) when (!IsCancellation(failure, cancellationToken))
        {
            throw CreateError(reference, setting, failure);
        }
    }

    public async ValueTask<string> ResolveAsync(SecretReference reference, string setting, CancellationToken cancellationToken)
    {
        var resolver = GetResolver(reference, setting);
        try
        {
            return TrimRequired(await resolver.ResolveAsync(reference.Target!, cancellationToken).ConfigureAwait(false), reference);
        }
        catch (Exception failure) when (!IsCancellation(failure, cancellationToken))
        {
            throw CreateError(reference, setting, failure);
        }
    }

    private static bool IsCancellation(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static string TrimRequired(string? text, SecretReference reference) =>
        text?.Trim() ?? throw new NodeDataConfigurationException($"the resolver of {reference.Scheme}: gave nothing.");

    private static NodeDataConfigurationException CreateError(SecretReference reference, string setting, Exception failure)
    {
        var source = SecretReader.FormatSource(reference, setting);
        // A message that was not written for this may hold a secret, so neither it nor its exception goes further.
        return failure is NodeDataConfigurationException
            ? new NodeDataConfigurationException($"{source}: {failure.Message}", failure.InnerException)
            : new NodeDataConfigurationException(
                $"{source}: the resolver of {reference.Scheme}: failed ({failure.GetType().Name}). Where its own log does not say why, "
                    + "let it throw a NodeDataConfigurationException with the reason."
            );
    }

    private ISecretResolver GetResolver(SecretReference reference, string setting) =>
        Array.FindLast(_resolvers, resolver => string.Equals(resolver?.Scheme, reference.Scheme, StringComparison.Ordinal))
        ?? throw CreateUnknownSchemeError(setting);

    // The scheme is not repeated: what looks like one may be a part of a secret with a colon in it.
    private NodeDataConfigurationException CreateUnknownSchemeError(string setting)
    {
        var schemes = _resolvers.Select(resolver => resolver?.Scheme).Where(scheme => scheme is not null).Distinct().ToArray();
        var known = string.Concat(schemes.Select(scheme => $", {scheme}:"));
        var tpmHint = schemes.Contains(SecretReference.TpmScheme)
            ? ""
            : "tpm:HANDLE needs the package NodeData.Sdk.Tpm: call services.AddNodeDataTpm(), or add a TpmSecretResolver to NodeClientOptions.SecretResolvers. ";
        return new NodeDataConfigurationException(
            $"{setting} holds a reference with a scheme that this client does not know. It knows env:NAME, file:PATH{known}. {tpmHint}"
                + "An API key itself begins with nd_test_ or nd_live_, a webhook secret with whsec_."
        );
    }
}
