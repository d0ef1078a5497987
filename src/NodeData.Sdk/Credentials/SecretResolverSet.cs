namespace NodeData.Sdk.Credentials;

/// <summary>Selects the resolver for a scheme that is not built in, and converts its failures to configuration errors.</summary>
internal sealed class SecretResolverSet(IEnumerable<ISecretResolver> resolvers)
{
    // Copied, so that a later change of the options does not affect the client.
    private readonly ISecretResolver[] _resolvers = [.. resolvers];

    public string Resolve(SecretReference reference, string setting, CancellationToken cancellationToken)
    {
        var resolver = GetResolver(reference, setting);
        try
        {
            return TrimRequired(resolver.Resolve(reference.Target!, cancellationToken), reference);
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            throw CreateError(reference, setting, exception);
        }
    }

    public async ValueTask<string> ResolveAsync(SecretReference reference, string setting, CancellationToken cancellationToken)
    {
        var resolver = GetResolver(reference, setting);
        try
        {
            return TrimRequired(await resolver.ResolveAsync(reference.Target!, cancellationToken).ConfigureAwait(false), reference);
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            throw CreateError(reference, setting, exception);
        }
    }

    private static bool IsCancellation(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static string TrimRequired(string? text, SecretReference reference) =>
        text?.Trim() ?? throw new NodeDataConfigurationException($"the resolver for {reference.Scheme}: returned null.");

    private static NodeDataConfigurationException CreateError(SecretReference reference, string setting, Exception exception)
    {
        var source = SecretReader.FormatSource(reference, setting);
        // The message of any other exception may contain a secret, so neither the message nor the exception is included.
        return exception is NodeDataConfigurationException
            ? new NodeDataConfigurationException($"{source}: {exception.Message}", exception.InnerException)
            : new NodeDataConfigurationException(
                $"{source}: the resolver for {reference.Scheme}: failed ({exception.GetType().Name}). If its own log does not state the reason, "
                    + "throw a NodeDataConfigurationException with the reason from the resolver."
            );
    }

    private ISecretResolver GetResolver(SecretReference reference, string setting) =>
        Array.FindLast(_resolvers, resolver => string.Equals(resolver?.Scheme, reference.Scheme, StringComparison.Ordinal))
        ?? throw CreateUnknownSchemeError(setting);

    // The scheme is not included: it may be part of a secret that contains a colon.
    private NodeDataConfigurationException CreateUnknownSchemeError(string setting)
    {
        var schemes = _resolvers.Select(resolver => resolver?.Scheme).Where(scheme => scheme is not null).Distinct().ToArray();
        var known = string.Concat(schemes.Select(scheme => $", {scheme}:"));
        var tpmHint = schemes.Contains(SecretReference.TpmScheme)
            ? ""
            : "tpm:HANDLE needs the package NodeData.Sdk.Tpm: call services.AddNodeDataTpm(), or add a TpmSecretResolver to NodeClientOptions.SecretResolvers. ";
        return new NodeDataConfigurationException(
            $"{setting} holds a reference with an unknown scheme. Known schemes: env:NAME, file:PATH{known}. {tpmHint}"
                + "An API key begins with nd_test_ or nd_live_, a webhook secret with whsec_."
        );
    }
}
