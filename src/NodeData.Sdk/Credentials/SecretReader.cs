namespace NodeData.Sdk.Credentials;

/// <summary>Resolves secret references. Errors name the setting and the reference, never the value.</summary>
/// <param name="fileRules">Checks the modes of files.</param>
/// <param name="resolvers">The resolvers for schemes that are not built in; the last resolver for a scheme is used.</param>
internal sealed class SecretReader(SecretFileRules fileRules, IEnumerable<ISecretResolver> resolvers)
{
    private readonly SecretResolverSet _resolvers = new(resolvers);

    /// <summary>Gets a reader for the built-in schemes only.</summary>
    public static SecretReader BuiltInSchemesOnly { get; } = new(new SecretFileRules(requirePrivate: false, loggerFactory: null), []);

    public static SecretReader Create(NodeClientOptions options) => new(SecretFileRules.Create(options), options.SecretResolvers);

    public string Read(SecretReference reference, string setting, CancellationToken cancellationToken) =>
        reference.Scheme switch
        {
            null => reference.Literal ?? throw CreateNullError(setting),
            SecretReference.EnvironmentScheme => ReadEnvironment(reference.Target!, setting),
            SecretReference.FileScheme => SecretFile.Read(reference.Target!, setting, fileRules),
            _ => _resolvers.Resolve(reference, setting, cancellationToken),
        };

    public ValueTask<string> ReadAsync(SecretReference reference, string setting, CancellationToken cancellationToken) =>
        reference.Scheme switch
        {
            null or SecretReference.EnvironmentScheme => ValueTask.FromResult(Read(reference, setting, cancellationToken)),
            SecretReference.FileScheme => SecretFile.ReadAsync(reference.Target!, setting, fileRules, cancellationToken),
            _ => _resolvers.ResolveAsync(reference, setting, cancellationToken),
        };

    /// <summary>Formats a setting for an error message, with the reference that it contains, if any.</summary>
    public static string FormatSource(SecretReference reference, string setting) =>
        reference.Scheme is null ? setting : $"{setting} ({reference.DisplayText})";

    private static NodeDataConfigurationException CreateNullError(string setting) =>
        new($"{setting} is null: the value that it was set from does not exist. Set that value, or do not set {setting}.");

    private static string ReadEnvironment(string name, string setting) =>
        name.Length == 0
            ? throw new NodeDataConfigurationException($"{setting}: env: has no variable name. Write env:NAME.")
            : Environment.GetEnvironmentVariable(name)?.Trim()
                ?? throw new NodeDataConfigurationException(
                    $"{setting}: the environment variable '{name}' is not set. Set it, or correct the name."
                );
}
