namespace NodeData.Sdk.Credentials;

/// <summary>Reads what a reference points to. Errors name the setting and the place, never the value.</summary>
internal static class SecretReader
{
    public static string Read(SecretReference reference, string setting, SecretFileRules files) =>
        reference.Scheme switch
        {
            null => reference.Literal!,
            SecretReference.EnvironmentScheme => ReadEnvironment(reference.Target!, setting),
            SecretReference.FileScheme => SecretFile.Read(reference.Target!, setting, files),
            _ => throw UnknownScheme(setting),
        };

    public static ValueTask<string> ReadAsync(
        SecretReference reference,
        string setting,
        SecretFileRules files,
        CancellationToken cancellationToken
    ) =>
        reference.Scheme is SecretReference.FileScheme
            ? SecretFile.ReadAsync(reference.Target!, setting, files, cancellationToken)
            : ValueTask.FromResult(Read(reference, setting, files));

    private static string ReadEnvironment(string name, string setting) =>
        name.Length == 0
            ? throw new NodeDataConfigurationException($"{setting}: env: names no variable. Write env:NAME.")
            : Environment.GetEnvironmentVariable(name)?.Trim()
                ?? throw new NodeDataConfigurationException(
                    $"{setting}: the environment variable '{name}' is not set. Set it, or correct the name."
                );

    // The scheme is not repeated: what looks like one may be a part of a secret with a colon in it.
    private static NodeDataConfigurationException UnknownScheme(string setting) =>
        new(
            $"{setting} holds a reference with a scheme that this client does not know. It knows env:NAME and file:PATH; "
                + "an API key itself begins with nd_test_ or nd_live_, a webhook secret with whsec_."
        );
}
