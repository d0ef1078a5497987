namespace NodeData.Sdk.Credentials;

/// <summary>Reads what references point to. Errors name the setting and the place, never the value.</summary>
/// <param name="files">What is asked of files.</param>
/// <param name="resolvers">Those of other schemes than the client's own; the last one of a scheme counts.</param>
internal sealed class SecretReader(SecretFileRules files, IEnumerable<ISecretResolver> resolvers)
{
    private readonly SecretResolverSet _resolvers = new(resolvers);

    /// <summary>Reads the client's own schemes alone.</summary>
    public static SecretReader OfOwnSchemes { get; } = new(new SecretFileRules(requirePrivate: false, loggers: null), []);

    public static SecretReader Of(NodeClientOptions options) => new(SecretFileRules.Of(options), options.SecretResolvers);

    public string Read(SecretReference reference, string setting, CancellationToken cancellationToken) =>
        reference.Scheme switch
        {
            null => reference.Literal!,
            SecretReference.EnvironmentScheme => ReadEnvironment(reference.Target!, setting),
            SecretReference.FileScheme => SecretFile.Read(reference.Target!, setting, files),
            _ => _resolvers.Read(reference, setting, cancellationToken),
        };

    public ValueTask<string> ReadAsync(SecretReference reference, string setting, CancellationToken cancellationToken) =>
        reference.Scheme switch
        {
            null or SecretReference.EnvironmentScheme => ValueTask.FromResult(Read(reference, setting, cancellationToken)),
            SecretReference.FileScheme => SecretFile.ReadAsync(reference.Target!, setting, files, cancellationToken),
            _ => _resolvers.ReadAsync(reference, setting, cancellationToken),
        };

    /// <summary>How an error names what a setting holds: with the place that it points to, where it points to one.</summary>
    public static string PlaceOf(SecretReference reference, string setting) =>
        reference.Scheme is null ? setting : $"{setting} ({reference.Place})";

    private static string ReadEnvironment(string name, string setting) =>
        name.Length == 0
            ? throw new NodeDataConfigurationException($"{setting}: env: names no variable. Write env:NAME.")
            : Environment.GetEnvironmentVariable(name)?.Trim()
                ?? throw new NodeDataConfigurationException(
                    $"{setting}: the environment variable '{name}' is not set. Set it, or correct the name."
                );
}
